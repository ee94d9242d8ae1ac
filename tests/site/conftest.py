"""Articles that feeds and other programs read."""

import pytest


@pytest.fixture
def author(db):
    from offices.models import Attorney

    return Attorney.objects.create(name="The Author", slug="the-author")


@pytest.fixture
def named_firm(set_up):
    from offices.models import Firm

    Firm.objects.update(name="The Firm")


@pytest.fixture
def shelf(publish, author):
    """One article in the topic and by the author, one that is neither, one Spanish."""
    publish(topics=["Asylum"], author=author, body="<p>Fish &amp; <em>chips</em></p>")
    publish("Another")
    publish("Hola", language="es", topics=["Asylum"], author=author)
