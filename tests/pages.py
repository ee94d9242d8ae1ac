"""The addresses that tests walk, in one place, and a site on which each of them stands.

A new type of page is one line here: it is then read by axe, the Nu checker and the
keyboard (test_axe.py, test_html.py, test_keyboard.py), and its headers are tested.
"""

import io
from datetime import date, datetime, time, timedelta, timezone

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lawblog.pictures import store
from offices.models import Attorney, Closure, Office
from posts.models import PreviewLink, Topic

NOW = datetime(2026, 11, 24, 17, tzinfo=timezone.utc)

# What stands with one article, "A title", on asylum and of 2026, and one attorney.
PAGES = """
    / /posts/ /posts/a-title/ /posts/topics/asylum/ /posts/2026/ /attorneys/an-attorney/
    /offices/ /offices/fort-lee/
""".split()
FILES = """
    /offices/fort-lee.vcf /offices/fort-lee.ics /offices/fort-lee.svg /feed/ /feed/rss/
    /feed/asylum/ /feed/asylum/rss/ /sitemap.xml /robots.txt
""".split()
# What needs more, as `site` below has it.
STATES = [
    "/posts/?page=2",
    "/posts/un-articulo/",
    "/posts/old-rules/",
    "/offices/new-york/",
    "/search/",
    "/search/?q=title",
    "/search/?q=title&topic=asylum&page=2",
    "/search/?q=titel",
    "/search/?q=zzz",
    "/preview/{token}/",
    "/preview/gone/",
    "/nothing/",
]
PUBLIC = [*PAGES, *STATES]
ERRORS = ["400.html", "403.html", "500.html"]

POST = "/admin/posts/post/"
STRANGERS = ["/admin/login/"]
DESK = [
    "/admin/",
    "/admin/password_change/",
    POST,
    f"{POST}add/",
    f"{POST}{{post}}/change/",
    f"{POST}{{post}}/preview/",
    f"{POST}{{post}}/publish/",
    f"{POST}{{post}}/withdraw/",
    f"{POST}{{post}}/return/",
    f"{POST}{{post}}/links/",
    f"{POST}{{post}}/history/?day=2026-11-24&at=11:00",
    f"{POST}{{post}}/compare/?before=e1&after=now",
    f"{POST}{{draft}}/delete/",
    f"{POST}needs-review/",
    f"{POST}pictures/",
    "/admin/posts/topic/",
    "/admin/posts/topic/{topic}/change/",
    "/admin/posts/topic/{topic}/merge/",
    "/admin/offices/office/",
    "/admin/offices/office/{office}/change/",
    "/admin/offices/office/{office}/history/",
    "/admin/offices/closure/",
    "/admin/offices/closure/suggest/",
    "/admin/offices/firm/1/change/",
    "/admin/offices/attorney/add/",
]
LONG = """<h2>A heading</h2><p>Some text<sup>1</sup> with a <a
    href="https://example.gov/{long}">link</a> and a <a href="tel:+12014489837">number</a>.
    </p><ul><li>One</li><li>Two</li></ul><h3>Under it</h3><blockquote><p>Quoted.</p>
    </blockquote><table><caption>A table</caption><thead><tr>{heads}</tr></thead><tbody>
    <tr>{cells}</tr></tbody></table><hr><p><img src="{url}" alt="A wall" width="1600"
    height="900"></p><h2>Mendelssohn-Bartholdy-{long}</h2><ol><li>First</li></ol>{more}"""


@pytest.fixture
def site(attorney, attorney_client, publish, make_post, post_form, settings, tmp_path):
    """A site with all that PUBLIC and DESK show: what stands in their braces."""
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOW - timedelta(hours=2)) as clock:
        author = Attorney.objects.create(
            name="An Attorney",
            slug="an-attorney",
            admissions="NJ, NY",
            languages="English, Spanish",
            biography="<p>A life.</p>",
        )
        for number in range(12):
            day = date(2026, 1, number + 1)
            publish(f"Title {number}", topics=["Asylum"], published_on=day)
        publish("Un artículo", slug="un-articulo", language="es", topics=["Asylum"])
        text = {"topics": ["Asylum", "Fees"], "body": long(), "author": author}
        post = make_post("A title", published_on=date(2026, 1, 6), **text)
        publish(post)
        publish("Old rules", law_as_of="2018-08-27", superseded_by=post)
        publish("To come", at=NOW + timedelta(days=2))
        clock.shift(60)
        edit(attorney_client, post, post_form)
        office = keep_offices(attorney_client)
        clock.move_to(NOW)
        expires = NOW + timedelta(days=7)
        _, token = PreviewLink.objects.make(post=post, note="Ann", expires_at=expires)
        yield {
            "post": post.pk,
            "draft": make_post("A draft").pk,
            "office": office.pk,
            "topic": Topic.objects.get(slug="fees").pk,
            "token": token,
        }


def long(more=""):
    picture = io.BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(picture, "PNG")
    url, *_ = store(SimpleUploadedFile("wall.png", picture.getvalue()))
    heads, cells = '<th scope="col">A head</th>' * 9, "<td>A cell</td>" * 9
    return LONG.format(url=url, long="long" * 40, heads=heads, cells=cells, more=more)


def edit(client, post, post_form):
    """Two saves for the history, with findings, a change for readers, and handed over."""
    body = long("<p>We guarantee it.</p>")
    for summary in ("Short.", "Shorter."):
        form = post_form(post, summary=summary, body=body, _submit="")
        assert client.post(f"{POST}{post.pk}/change/", form).status_code == 302
        post.refresh_from_db()


def keep_offices(client):
    """Hours, a closure, notes, and one tap for the changes."""
    day = date(2026, 12, 25)
    Closure.objects.create(first_day=day, last_day=day, reason="Christmas Day")
    office = Office.objects.get(slug="fort-lee")
    office.landmarks, office.parking = "A red door", "Behind the house"
    office.save()
    office.hours.create(weekday=0, opens=time(9), closes=time(17))
    tap = {"seen": office.updated_at.isoformat(), "what": "close", "reason": "snow"}
    client.post(f"/admin/offices/office/{office.pk}/switch/", tap)
    return office
