"""What readers print: an article on two sheets, an office on one."""

import re

import pytest
from django.test import Client
from helpers.pages import wall

from offices.models import Attorney
from posts.checks.card import MAX_LINE_LENGTH, MAX_LINES

SECTION = "<h2>A heading</h2><p>{}</p>".format("The court reads the law aloud. " * 15)


def sheets(pdf):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_an_article_of_five_hundred_words_takes_two_sheets(
    show, finished_firm, publish, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    fields = {"author": Attorney.objects.get(), "cover": wall(), "cover_alt": "A wall"}
    publish(body=SECTION * 5, topics=["Asylum"], **fields)
    tab = show(Client())
    tab.goto("/posts/a-title/")
    assert sheets(tab.pdf(format="Letter")) == 2


def test_an_office_takes_one_sheet(show, whole_site):
    tab = show(Client())
    for prefix in ("", "/es"):
        for office in ("fort-lee", "new-york"):
            tab.goto(f"{prefix}/offices/{office}/")
            assert sheets(tab.pdf(format="Letter")) == 1, (prefix, office)


def test_a_card_of_the_longest_lines_is_two_sides_of_a_bank_card(
    show, finished_firm, publish
):
    line = ("Ask to see the paper. " * 9)[:MAX_LINE_LENGTH].strip()
    body = f"<ol>{f'<li>{line}</li>' * MAX_LINES}</ol>"
    card = publish("Somebody is at the door", kind="card", summary="", body=body)
    words = {"slug": "es", "language": "es", "translation_of": card.post}
    publish("Hay alguien en la puerta", kind="card", summary="", body=body, **words)
    tab = show(Client())
    tab.goto("/posts/somebody-is-at-the-door/")
    tab.emulate_media(media="print")
    sides = [side.bounding_box() for side in tab.locator(".sides > div").all()]
    in_mm = [(box["width"] * 25.4 / 96, box["height"] * 25.4 / 96) for box in sides]
    assert in_mm == [(pytest.approx(85.6, abs=0.2), pytest.approx(54, abs=0.2))] * 2
