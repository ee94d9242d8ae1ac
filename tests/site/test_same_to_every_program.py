"""Pages, structured data, feeds and the sitemap say the same to every program."""

import json
import re
from datetime import date, datetime, timedelta

import feedparser
import pytest
from helpers.feeds import ARTICLE, NEW_YORK, SITE, page

from offices.models import Closure, Office, OfficeHours
from posts import publishing

pytestmark = [pytest.mark.usefixtures("named_firm", "clock"), pytest.mark.slow]
DAY = timedelta(days=1)


# Dates ------------------------------------------------------------------------

# {article: (its first date, that of its last change)}, as days after the first.
OLD = date(2018, 8, 27)
DATES = {
    "never-updated": (0, 0),
    "updated": (0, 3),
    "updated-on-its-first-day": (0, 0),
    "trivially-published-again": (0, 0),
    "imported": (OLD, OLD),
    "imported-and-trivially-published-again": (OLD, OLD),
    "scheduled-then-live": (1, 1),
}
# Noon; a moment before and after midnight, which is another day in UTC; the nights in
# which the clock is set forward and back.
MOMENTS = [
    datetime(2026, 11, 24, 12, tzinfo=NEW_YORK),
    datetime(2026, 11, 24, 23, 59, tzinfo=NEW_YORK),
    datetime(2026, 11, 25, 0, 1, tzinfo=NEW_YORK),
    datetime(2026, 3, 7, 22, 30, tzinfo=NEW_YORK),
    datetime(2026, 3, 8, 3, 30, tzinfo=NEW_YORK),
    datetime(2026, 10, 31, 23, 59, tzinfo=NEW_YORK),
    datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=NEW_YORK),
]


def tell(publish, clock):
    """What the names of DATES say, each of an article."""
    # The law was checked before any of the moments.
    fields = {"law_as_of": date(2026, 1, 5)}
    posts = {}
    for slug in DATES:
        later = datetime.now(NEW_YORK) + DAY if slug.startswith("scheduled") else None
        day = {"published_on": OLD} if slug.startswith("imported") else {}
        title = slug.replace("-", " ").capitalize()
        posts[slug] = publish(title, slug=slug, at=later, **fields, **day).post
    publishing.publish(posts["updated-on-its-first-day"], by=None)
    clock.shift(3 * DAY)
    publishing.publish(posts["updated"], by=None)
    for slug in DATES:
        if "trivially" in slug:
            publishing.publish(posts[slug], by=None, substantive=False)


def told(client, slug, items, entries, mapped):
    """{where: (first date, date of the last change)} as ISO days."""
    address = f"/posts/{slug}/"
    shown, url = page(client, address), f"{SITE}{address}"
    words = re.search(r"Published <time datetime=\"(.*?)\"", shown)[1]
    later = re.search(r"Updated <time datetime=\"(.*?)\"", shown)
    posting = blocks(shown)[0]
    meta = dict(re.findall(r'property="article:(\w+)" content="(.*?)"', shown))
    item, entry = items[url], entries[url]
    return {
        "page": (words, later[1] if later else words),
        "data": (posting["datePublished"], posting["dateModified"]),
        "meta": (meta["published_time"], meta["modified_time"]),
        "json": (item["date_published"][:10], item["date_modified"][:10]),
        "atom": (entry.published[:10], entry.updated[:10]),
        "map": (words, mapped[url][:10]),
    }


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_every_place_tells_the_same_two_dates(client, publish, moment, clock, sitemap):
    clock.move_to(moment)
    tell(publish, clock)
    items = json.loads(page(client, "/feed/json/"))["items"]
    entries = feedparser.parse(page(client, "/feed/")).entries
    mapped = re.findall(r"<loc>([^<]*)</loc><lastmod>(.*?)</lastmod>", sitemap())
    told_elsewhere = (
        {item["url"]: item for item in items},
        {entry.link: entry for entry in entries},
        dict(mapped),
    )
    for slug, expected in DATES.items():
        days = [d if d == OLD else moment.date() + d * DAY for d in expected]
        found = told(client, slug, *told_elsewhere)
        assert found == dict.fromkeys(found, tuple(map(str, days))), slug


# What is shared ---------------------------------------------------------------

PAGES = """
    / /posts/ /posts/a-title/ /posts/topics/asylum/ /posts/2026/ /offices/
    /offices/fort-lee/ /attorneys/the-author/ /es/ /es/posts/hola/ /es/offices/
""".split()


def test_each_page_says_how_it_is_shared(client, shelf):
    for address in PAGES:
        says_how_it_is_shared(client, address)


def says_how_it_is_shared(client, address):
    head = page(client, address).partition("</head>")[0]
    found = re.findall(r'<meta (?:name|property)="([\w:]+)"[^>]* content="(.*?)"', head)
    tags = dict(found)
    assert len(found) == len(tags)
    assert re.findall(r'rel="canonical" href="(.*?)"', head) == [f"{SITE}{address}"]
    assert tags["og:url"] == f"{SITE}{address}"
    assert tags["og:title"] and tags["og:site_name"] == "The Firm"
    assert tags["og:type"] == (
        "article" if address in (ARTICLE, "/es/posts/hola/") else "website"
    )
    assert tags["twitter:card"] == "summary_large_image"
    picture = client.get(tags["og:image"].removeprefix(SITE))
    assert picture["Content-Type"] == "image/png"


@pytest.mark.parametrize("address", ["/search/", "/search/?q=x"])
def test_what_nobody_should_share_offers_nothing(client, address):
    assert "og:" not in page(client, address)


def test_a_later_page_of_a_list_is_its_own(client, publish):
    for number in range(11):
        publish(f"Number {number}")
    shown = page(client, "/posts/?page=2")
    assert f'rel="canonical" href="{SITE}/posts/?page=2"' in shown


# Structured data --------------------------------------------------------------

ALLOWED = {
    "Text": str, "URL": str, "Date": str, "DateTime": str, "Time": str,
    "Integer": int, "Number": int, "Boolean": bool,
}  # fmt: skip
# What Google's documentation requires of each kind, or recommends and we know.
GOOGLE = {
    "BlogPosting": "author dateModified datePublished headline image",
    "BreadcrumbList": "itemListElement",
    "ListItem": "position name item",
    "LegalService": "name address url",
    "WebSite": "name url",
}


@pytest.fixture(scope="module")
def vocabulary():
    from pathlib import Path

    path = Path(__file__).parents[1] / "data" / "schema_org.json"
    return json.loads(path.read_text())


def blocks(shown):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown)
    nodes = [json.loads(block) for block in found]
    return [n for node in nodes for n in (node if isinstance(node, list) else [node])]


def faults(node, vocabulary):
    """What schema.org's vocabulary does not allow in a node and those within it."""
    known = vocabulary.get(node["@type"])
    if not known:
        return [f"{node['@type']}: not in the vocabulary"]
    found = [
        f"{node['@type']}: {name} is missing"
        for name in GOOGLE.get(node["@type"], "").split()
        if not node.get(name)
    ]
    for name, value in node.items():
        if not name.startswith("@"):
            expected = known["properties"].get(name, [])
            for each in value if isinstance(value, list) else [value]:
                if not is_allowed(each, expected, vocabulary):
                    found.append(f"{node['@type']}: {name} is {each!r}")
                if isinstance(each, dict):
                    found += faults(each, vocabulary)
    return found


def is_allowed(value, expected, vocabulary):
    if isinstance(value, dict):
        kinds = vocabulary.get(value["@type"], {"is": []})["is"]
        return not {*kinds, "Thing"}.isdisjoint(expected)
    if isinstance(value, str) and value.startswith("http"):
        return bool(expected)  # the address of a thing stands for it
    return any(type(value) is ALLOWED.get(kind) for kind in expected)


def test_structured_data_keeps_to_schema_org(client, shelf, vocabulary):
    fort_lee = Office.objects.get(slug="fort-lee")
    hours = {"weekday": 0, "opens": "09:00", "closes": "17:00"}
    OfficeHours.objects.create(office=fort_lee, **hours)
    day = date(2026, 12, 25)
    Closure.objects.create(first_day=day, last_day=day, reason="Christmas Day")
    Office.objects.update(languages="English, Spanish")
    for address in PAGES:
        nodes = blocks(page(client, address))
        found = [fault for node in nodes for fault in faults(node, vocabulary)]
        assert found == [], address
        assert bool(nodes) is (address != "/posts/"), address
        # Google asks that a firm does not rate itself.
        told = json.dumps(nodes)
        assert not re.search("review|rating", told, re.IGNORECASE), address


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "Blog"},
        {"@type": "WebSite", "name": "x", "url": "http://x", "phone": "1"},
        {"@type": "WebSite", "name": "x", "url": "http://x", "isFamilyFriendly": "x"},
        {
            "@type": "WebSite",
            "name": "x",
            "url": "http://x",
            "author": {"@type": "State"},
        },
        {"@type": "BreadcrumbList"},
    ],
)
def test_the_vocabulary_finds_faults(vocabulary, node):
    assert faults(node, vocabulary)


# llms.txt, robots.txt ---------------------------------------------------------


def test_llms_txt_is_as_its_specification_says(client, shelf, publish):
    """llmstxt.org: a title, a quote, then sections that are lists of links."""
    publish("Square [brackets]\nand *stars*", slug="square", summary="One.\nTwo.")
    response = client.get("/llms.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "# The Firm" and lines[2].startswith("> ")
    sections = [line for line in lines if line.startswith("## ")]
    assert sections == [
        "## Offices",
        "## Articles (English)",
        "## Articles (Español)",
        "## Optional",
    ]
    listed = lines[lines.index("## Offices") :]
    shape = rf"- \[(?:[^\[\]]|\\[\[\]])+\]\({SITE}/[^ ]*\)(?:: .+)?"
    assert all(re.fullmatch(shape, x) for x in listed if x and not x.startswith("##"))
    square = rf"- [Square \[brackets\] and \*stars\*]({SITE}/posts/square/): One. Two."
    assert square in lines
    for address in re.findall(rf"\({SITE}(/[^)]*)\)", "\n".join(listed)):
        assert client.get(address).status_code == 200


def test_robots_txt_lets_readers_programs_read(client, shelf):
    from urllib.robotparser import RobotFileParser

    robots = RobotFileParser()
    robots.parse(page(client, "/robots.txt").splitlines())
    for agent in ("Googlebot", "GPTBot", "facebookexternalhit"):
        for address in (*PAGES, "/posts/a-title/card.png", "/llms.txt", "/feed/json/"):
            assert robots.can_fetch(agent, f"{SITE}{address}")
        for address in ("/admin/", "/search/?q=x", "/preview/x/"):
            assert not robots.can_fetch(agent, f"{SITE}{address}")
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
