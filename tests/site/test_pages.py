"""What visitors find on each page, and what it costs."""

import re
from datetime import date, datetime, timedelta, timezone

import pytest
import time_machine
from helpers.desk import page

from lawblog.html.richtext import to_text
from lawblog.site import sitemaps
from offices.models import Attorney, Firm, Office, OfficeHours
from posts import publishing
from posts.models import Post

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def office_record(set_up):
    with time_machine.travel(
        datetime(2026, 11, 24, 17, tzinfo=timezone.utc), tick=False
    ):
        yield


def text(client, address):
    """The words of a page as a reader meets them."""
    response = client.get(address)
    assert response.status_code == 200
    return to_text(response.content.decode().partition("<body>")[2])


def test_the_foot_of_a_page_about_an_office_does_not_say_it_again(client):
    for address, there, not_there in (
        ("/", (), ("2125 Center Ave", "305 Broadway")),
        ("/offices/", (), ("2125 Center Ave", "305 Broadway")),
        ("/offices/new-york/", ("2125 Center Ave", "448-9837"), ("305 Broadway",)),
    ):
        page = client.get(address).content.decode()
        footer = page.partition('<footer class="bottom footer"')[2]
        assert "Immigration law office" in footer
        assert all(fact in footer for fact in there), address
        assert not any(fact in footer for fact in not_there), address


def test_every_footer_carries_the_firm_and_both_offices(client, publish):
    publish()
    pages = [page(client, a) for a in ("/posts/", "/posts/a-title/", "/nothing/")]
    footers = [p.partition('<footer class="bottom footer"')[2] for p in pages]
    for words in (
        "Immigration law office",
        "2125 Center Ave, Suite 314",
        "Fort Lee, NJ 07024",
        'href="tel:+12014489837"',
        "305 Broadway, Suite 1422",
        "New York, NY 10007",
        "By appointment only",
        "Call our Fort Lee office:",
    ):
        assert all(words in footer for footer in footers), words


def test_the_front_page_says_each_office_once_and_last(client, publish):
    publish()
    page = client.get("/").content.decode().partition("<main")[2]
    for street in ("2125 Center Ave", "305 Broadway"):
        assert page.count(f"<bdi>{street}") == 1
        assert page.index("A title") < page.index(street) < page.index("</main>")


def test_the_new_york_page_gives_fort_lees_number_as_fort_lees(client):
    page = client.get("/offices/new-york/").content.decode().partition("<main")[2]
    main = page.partition("</main>")[0]
    assert "Call our Fort Lee office:" in main
    assert main.count("tel:") == 1
    assert "Call for hours" not in main


def test_one_office_record_is_printed_everywhere(client, publish):
    publish()
    Office.objects.filter(slug="fort-lee").update(phone="(201) 555-0123")
    for address in ("/", "/posts/a-title/", "/offices/", "/offices/fort-lee/"):
        page = client.get(address).content.decode()
        assert "(201) 555-0123" in page
        assert "448-9837" not in page


def test_hours_are_printed_unless_by_appointment(client):
    office = Office.objects.get(slug="fort-lee")
    OfficeHours.objects.create(office=office, weekday=0, opens="09:00", closes="12:30")
    OfficeHours.objects.create(office=office, weekday=0, opens="13:30", closes="17:00")
    page = text(client, "/offices/fort-lee/")
    assert "Mon 9 am–12:30 pm, 1:30–5 pm Tue–Sun Closed" in page
    assert "Call for hours" not in page
    office.appointment_only = True
    office.save()
    assert "Tue–Sun" not in text(client, "/offices/fort-lee/")


def test_an_article_says_who_when_and_how_current(client, publish):
    author = Attorney.objects.create(
        name="The Author", slug="the-author", admissions="New Jersey"
    )
    publish(
        author=author,
        published_on=date(2026, 3, 2),
        law_as_of=date(2026, 2, 27),
        body="<p>word </p>" * 660,
        topics=["Asylum"],
    )
    page = text(client, "/posts/a-title/")
    for words in (
        "By The Author Published",
        "The Author Admitted in New Jersey",
        "Published March 2, 2026",
        "Law as of February 27, 2026",
        "3 min read",
        "Asylum",
    ):
        assert words in page
    assert page.count("This is general information, not legal advice") == 1
    assert "has not been reviewed since" not in page


@pytest.mark.parametrize(
    "fields, overdue",
    [
        ({"law_as_of": date(2018, 8, 27)}, True),
        ({"law_as_of": date(2025, 11, 25)}, False),
        ({"law_as_of": date(2025, 11, 24)}, True),
        ({"law_as_of": date(2018, 8, 27), "review_by": date(2026, 11, 25)}, False),
        ({"law_as_of": date(2026, 11, 1), "review_by": date(2026, 11, 24)}, True),
    ],
)
def test_readers_are_told_when_the_law_was_last_checked(
    client, publish, fields, overdue
):
    publish(**fields)
    notice = "and has not been reviewed since."
    assert (notice in text(client, "/posts/a-title/")) is overdue
    assert (notice in client.get("/feed/").content.decode()) is overdue


def test_neighbours_and_related_articles(client, publish):
    for day, title in enumerate(["Oldest", "Middle", "Newest"], start=1):
        publish(title, published_on=date(2026, 1, day), topics=["Asylum"])
    publish("Español", published_on=date(2026, 1, 2), topics=["Asylum"], language="es")
    page = text(client, "/posts/middle/").partition("Share this page")[2]
    newest, oldest = "Newest January 3, 2026", "Oldest January 1, 2026"
    assert f"Recent articles {newest} {oldest} All articles" in page
    assert f"Related articles {newest} {oldest}" in page
    assert "Older Oldest Newer Newest" in page
    assert "Español" not in page


def test_lists_are_newest_first_and_paginated(client, publish):
    for day in range(1, 13):
        publish(f"Number {day}.", slug=f"n-{day}", published_on=date(2026, 1, day))
    first = re.findall(
        r"<h3><a[^>]*>(Number \d+)", client.get("/posts/").content.decode()
    )
    assert first == [f"Number {day}" for day in range(12, 2, -1)]
    assert "Page 2 of 2" in text(client, "/posts/?page=2")


def test_a_spanish_article_says_so_to_screen_readers(client, publish):
    publish("Hola", language="es")
    page = client.get("/es/posts/hola/").content.decode()
    assert '<html lang="es" dir="ltr">' in page


def test_the_advertising_label_is_a_setting(client):
    assert "Attorney Advertising" in text(client, "/")
    Firm.objects.update(show_advertising_label=False)
    assert "Attorney Advertising" not in text(client, "/")


QUERIES = {
    "/": 12,
    "/posts/": 11,
    "/posts/topics/asylum/": 14,
    "/posts/2026/": 11,
    "/posts/number-5/": 17,
    "/offices/": 7,
    "/offices/fort-lee/": 7,
    "/feed/": 9,
}


def test_cost_does_not_grow_with_the_number_of_articles(
    client, publish, django_assert_num_queries
):
    for number in range(20):
        publish(f"Number {number}", topics=["Asylum"], published_on=date(2026, 1, 5))
        if number in (9, 19):
            for address, queries in QUERIES.items():
                with django_assert_num_queries(queries, info=address):
                    client.get(address)


def test_feeds_carry_the_full_text_and_absolute_addresses(client, publish):
    publish(body='<p><a href="/offices/">Visit</a> &amp; more</p>', topics=["Asylum"])
    for address in ("/feed/", "/feed/rss/", "/feed/asylum/", "/feed/asylum/rss/"):
        feed = client.get(address).content.decode().replace("&quot;", '"')
        assert 'href="http://127.0.0.1:8000/offices/"' in feed
        assert "&amp;amp; more" in feed
        assert "http://127.0.0.1:8000/posts/a-title/" in feed
        assert "This is general information, not legal advice." in feed


def test_the_sitemap_lists_what_is_there_under_the_sites_address(sitemap, publish):
    edition = publish(topics=["Asylum"])
    text = sitemap(headers={"host": "localhost"})
    paths = re.findall(r"<loc>http://127.0.0.1:8000(.*?)</loc>", text)
    there = """
        / /posts/ /offices/ /offices/fort-lee/ /offices/new-york/ /about/
        /accessibility/ /disclaimer/ /notario-fraud/ /privacy/
    """.split()
    section = f"/sitemap-articles-{edition.pk // sitemaps.ADDRESSES_A_SECTION + 1}.xml"
    english = ["/posts/a-title/", "/posts/topics/asylum/"]
    index = ["/sitemap-pages-1.xml", section]
    spanish = [f"/es{path}" for path in there]
    assert set(paths) >= {*there, *spanish, *english, *index}
    assert (
        len(paths)
        == len(set(paths))
        == 2 * len(there)
        + 3
        + len(range(edition.pk // sitemaps.ADDRESSES_A_SECTION + 1))
    )


def test_a_page_in_the_sitemap_names_its_twins(sitemap, publish):
    original = publish("Hello").post
    publish("Hola", language="es", translation_of=original)
    publish("Alone")
    text = sitemap()
    twins = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="http://127.0.0.1:8000{path}"/>'
        for code, path in (
            ("en", "/posts/hello/"),
            ("es", "/es/posts/hola/"),
            ("x-default", "/posts/hello/"),
        )
    )
    text = re.sub(r"\s*\n\s*", "", text)
    for path in ("/posts/hello/", "/es/posts/hola/"):
        entry = re.search(rf"<loc>http://127.0.0.1:8000{path}</loc>.*?</url>", text)[0]
        assert twins in entry
    alone = re.search(r"<loc>[^<]*/posts/alone/</loc>.*?</url>", text)[0]
    assert "hreflang" not in alone


@pytest.mark.parametrize("part", ["articles-999", "pages-2", "articles-0", "drafts-1"])
def test_a_section_that_is_not_there_is_not_found(client, publish, part):
    publish()
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_a_sitemap_costs_the_same_for_more_articles(
    client, publish, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(sitemaps, "ADDRESSES_A_SECTION", 10**6)
    original = publish("Hello").post
    publish("Hola", language="es", translation_of=original)
    for number in range(20):
        publish(f"Number {number}")
        if number in (9, 19):
            with django_assert_num_queries(4):
                client.get("/sitemap-articles-1.xml")


def test_older_and_newer_are_chosen_among_what_is_live(client, publish, make_post):
    """The nearest neighbours by date are withdrawn, or still to come."""
    days = {
        name: date(2026, 3, day)
        for day, name in enumerate(("Old", "Gone", "Middle", "Coming", "New"), 1)
    }
    for name in ("Old", "Gone", "Middle", "New"):
        publish(name, published_on=days[name])
    publishing.withdraw(Post.objects.get(title="Gone"), by=None)
    coming = make_post("Coming", published_on=days["Coming"])
    publishing.publish(
        coming, by=None, at=datetime.now(timezone.utc) + timedelta(days=1)
    )
    shown = client.get("/posts/middle/").content.decode()
    turned = re.findall(r'rel="(prev|next)" href="/posts/(\w+)/"', shown)
    assert turned == [("prev", "old"), ("next", "new")]


def test_a_number_is_whole_on_the_page_and_plain_in_all_that_leaves_it(client, publish):
    publish("On I-862", summary="About I-862.", body="<p>Form I-862.</p>")
    head, body = page(client, "/posts/on-i-862/").split("</head>")
    assert body.count('<span class="whole">I-862</span>') >= 3
    feeds = [page(client, f"/feed/{kind}") for kind in ("", "rss/", "json/")]
    for text in (head, page(client, "/llms.txt"), *feeds):
        assert "I-862" in text and "whole" not in text
