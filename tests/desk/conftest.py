"""A weekday morning at the office."""

from datetime import datetime, timezone

import pytest
import time_machine
from helpers.desk import LIST


@pytest.fixture
def morning(set_up):
    with time_machine.travel(datetime(2026, 11, 24, 15, tzinfo=timezone.utc)) as clock:
        yield clock


@pytest.fixture
def fort_lee(set_up):
    from offices.models import Office

    return Office.objects.get(slug="fort-lee")


@pytest.fixture
def owner_client(set_up, client):
    from django.contrib.auth.models import User
    from helpers.signing_in import signed_in

    return signed_in(User.objects.get(is_superuser=True), client)


@pytest.fixture(autouse=True)
def no_program_of_its_own(monkeypatch):
    """What a button begins would work on this machine's site, not on the test's."""
    monkeypatch.setattr("lawblog.keeping.requested_jobs.start", lambda job: None)


@pytest.fixture
def save(post_form, clock):
    """save(client, post, **fields) as the form does, a minute later than before."""

    def send(client, post, **fields):
        clock.shift(60)
        post.refresh_from_db()
        same = {"slug": post.slug, "summary": post.summary}
        form = post_form(post, **{**same, **fields})
        return client.post(f"{LIST}{post.pk}/change/", form)

    return send
