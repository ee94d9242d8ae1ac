"""A changed address of a topic, a series, an office or an attorney leads on."""

from itertools import product

import pytest

from lawblog.models import FormerAddress
from offices.models import Attorney, Office
from posts.models import Series, Topic

pytestmark = pytest.mark.slow


@pytest.fixture
def rows(finished_firm, publish):
    anna = Attorney.objects.get()
    steps = Series.objects.create(name="Steps", slug="old-steps")
    publish("One", topics=["Old topic"], author=anna, series=steps, part=1)
    # Readers know it now.
    steps.refresh_from_db()
    return {
        "topic": Topic.objects.get(),
        "series": steps,
        "attorney": anna,
        "office": Office.objects.get(slug="fort-lee"),
    }


PAGES = [
    *(("topic", f"/posts/topics/{{}}/{query}") for query in ("", "?page=1")),
    *(("topic", f"/feed/{{}}/{end}") for end in ("", "rss/", "json/")),
    ("series", "/series/{}/"),
    ("attorney", "/attorneys/{}/"),
    *(("attorney", f"/attorneys/{{}}/feed/{end}") for end in ("", "rss/", "json/")),
    *(("office", f"/offices/{{}}{end}") for end in ("/", ".vcf", ".ics", ".svg")),
    ("office", "/offices/{}.4.vcf"),
]


def test_a_former_address_leads_to_the_present_one(client, rows):
    former = {kind: row.slug for kind, row in rows.items()}
    for kind, page in PAGES:
        assert client.get(page.format(former[kind])).status_code == 200, page
    for row, slug in product(rows.values(), ("second", "third")):
        row.slug = slug
        row.save()
    for kind, page in PAGES:
        for old in (former[kind], "second"):
            answer = client.get(page.format(old))
            assert answer.status_code == 301, page
            # One hop, however often it moved.
            assert answer.url == page.format("third").partition("?")[0]
        assert client.get(answer.url).status_code == 200, page


def test_spanish_addresses_lead_on_too(client, rows):
    rows["office"].slug = "second"
    rows["office"].save()
    assert client.get("/es/offices/fort-lee/").url == "/es/offices/second/"


def test_an_address_given_to_another_leads_there_and_nowhere_else(client, rows):
    office = rows["office"]
    office.slug = "second"
    office.save()
    other = Office.objects.get(slug="new-york")
    other.slug = "fort-lee"
    other.save()
    assert "New York" in client.get("/offices/fort-lee/").content.decode()
    assert client.get("/offices/new-york/").url == "/offices/fort-lee/"


def test_a_topic_of_drafts_alone_is_not_told_by_its_former_address(
    client, make_post, db
):
    make_post(topics=["Secret"])
    topic = Topic.objects.get()
    topic.slug = "more-secret"
    topic.save()
    assert client.get("/posts/topics/secret/").status_code == 404


def test_an_address_that_is_a_rows_own_again_is_no_former_one(rows):
    office = rows["office"]
    for slug in ("second", "fort-lee"):
        office.slug = slug
        office.save()
    assert list(FormerAddress.objects.values_list("slug", flat=True)) == ["second"]
