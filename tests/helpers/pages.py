"""The addresses that tests walk, in one place, and a site on which each of them stands.

A new type of page is one line here.
"""

import io
from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify
from PIL import Image

from helpers.clock import NOON
from lawblog.media.pictures import store
from offices.models import Attorney, Closure, Office
from posts.models import PreviewLink, Series, Term

# What stands with one article, "A title", on asylum and of 2026, and one attorney.
PAGES = """
    / /posts/ /posts/a-title/ /posts/topics/asylum/ /posts/2026/ /attorneys/an-attorney/
    /offices/ /offices/fort-lee/
""".split()
# What needs more, as `whole_site` below has it.
STATES = [
    "/posts/?page=2",
    "/es/",
    "/es/posts/",
    "/es/posts/un-articulo/",
    "/posts/old-rules/",
    "/offices/new-york/",
    "/series/a-series/",
    "/glossary/",
    "/guides/",
    "/now/",
    "/posts/a-guide/",
    "/posts/a-card/",
    "/es/posts/una-tarjeta/",
    "/law/form.I-90/",
    "/accessibility/",
    "/es/privacy/",
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

LONG = """<h2>A heading</h2><p>Some text[[A note.]] on parole<sup>1</sup> with a <a
    href="https://example.gov/{long}">link</a> and a <a
    href="tel:+12014489837">number</a>.
    </p><ul><li>One</li><li>Two</li></ul><h3>Under it</h3><blockquote><p>Quoted.</p>
    </blockquote><table><caption>A table</caption><thead><tr>{heads}</tr></thead><tbody>
    <tr>{cells}</tr></tbody></table><hr><p><img src="{url}" alt="A wall" width="1600"
    height="900"></p><h2>Mendelssohn-Bartholdy-{long}</h2><ol><li>First</li></ol>
    <p>{text}</p><p>Form I-90.</p>"""
# Six words of English, which is what the page says that it is.
TEXT = "The court reads the law aloud. "


@pytest.fixture
def whole_site(finished_firm, publish, make_post, settings, tmp_path):
    """A site with all that PUBLIC shows: what stands in its braces."""
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOON - timedelta(hours=2)) as clock:
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
        words = {"explanation": "A stay for a time.", "is_public": True}
        Term.objects.create(term="parole", **words)
        series = Series.objects.create(name="A series", slug="a-series")
        text = {"topics": ["Asylum", "Fees"], "body": long(), "author": author}
        text |= {"series": series, "part": 1}
        text |= {"cover": wall(), "cover_alt": "A wall", "cover_x": 20}
        post = make_post("A title", published_on=date(2026, 1, 6), **text)
        publish(post)
        guide(publish)
        card(publish)
        old = {"law_as_of": "2018-08-27", "superseded_by": post}
        publish("Old rules", series=series, part=2, **old)
        publish("To come", at=NOON + timedelta(days=2))
        day = date(2026, 12, 25)
        Closure.objects.create(first_day=day, last_day=day, reason="Christmas Day")
        office = Office.objects.get(slug="fort-lee")
        office.landmarks, office.parking = "A red door", "Behind the house"
        office.picture, office.picture_words = wall(), "A wall"
        office.save()
        office.hours.create(weekday=0, opens=time(9, 30), closes=time(12, 30))
        clock.move_to(NOON)
        expires = NOON + timedelta(days=7)
        _, token = PreviewLink.objects.make(post=post, note="Ann", expires_at=expires)
        yield {"token": token}


def guide(publish, title="A guide", **fields):
    """A guide of three questions."""
    answers = "<p>An answer[[A note.]].</p><h3>Under it</h3><p>More.</p>"
    body = "".join(f"<h2>What is {n}?</h2>{answers}" for n in ("this", "that", "it"))
    fields = {"topics": ["Asylum"], "body": f"<p>Before.</p>{body}", **fields}
    return publish(title, kind="guide", **fields)


def card(publish, title="A card", spanish="Una tarjeta"):
    """A card of six lines in both languages; its editions."""
    lines = "".join(f"<li><strong>Line {n}.</strong> Words.</li>" for n in range(1, 7))
    card = {"kind": "card", "summary": "", "body": f"<ol>{lines}</ol>"}
    first = publish(title, **card)
    words = {"slug": slugify(spanish), "language": "es", "translation_of": first.post}
    return first, publish(spanish, **{**card, **words})


def wall(color="teal"):
    """The address of a stored picture."""
    picture = io.BytesIO()
    Image.new("RGB", (1600, 900), color).save(picture, "PNG")
    url, *_ = store(SimpleUploadedFile("wall.png", picture.getvalue()))
    return url


def long():
    url = wall()
    table = {"heads": '<th scope="col">A head</th>' * 9, "cells": "<td>A cell</td>" * 9}
    return LONG.format(url=url, long="long" * 40, text=TEXT * 100, **table)
