"""Readers in a real browser: any screen and colours, no script, nothing kept."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from helpers.watching import COLOURS, contrast, luminance
from PIL import Image

from lawblog.media.pictures import store

PAGES = [
    "/",
    "/posts/",
    "/posts/a-title/",
    "/offices/",
    "/offices/fort-lee/",
    "/privacy/",
    "/es/notario-fraud/",
    "/nope/",
]
WIDE = """<h2>Mendelssohn-Bartholdy-{long}</h2><p>See https://example.gov/{long}.</p>
    <table><tbody><tr>{cells}</tr></tbody></table>
    <p><img src="{url}" alt="A wall" width="1600" height="900"></p>"""


@pytest.fixture
def article(publish, settings, tmp_path, visit):
    """At /posts/a-title/, with all that might be too wide for a phone."""
    settings.MEDIA_ROOT = tmp_path
    picture = io.BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(picture, "PNG")
    url, *_ = store(SimpleUploadedFile("wall.png", picture.getvalue()))
    body = WIDE.format(url=url, long="long" * 40, cells="<td>A cell</td>" * 9)
    # Checked so long ago that the warning of an old article is printed too.
    return publish(topics=["Asylum"], body=body, law_as_of="2018-08-27")


def test_the_watch_sees_what_it_watches_for(visit):
    page = visit()
    page.goto("/")
    page.evaluate(
        "document.body.append(Object.assign(new Image(), {src: '//a.test/'}))"
    )
    page.evaluate("setTimeout(() => { throw Error('a mistake') })")
    page.evaluate("() => new Promise(done => setTimeout(done))")
    faults = "\n".join(visit.faults)
    visit.faults.clear()
    assert "CSP img-src http://a.test/" in faults
    assert "foreign request: http://a.test/" in faults
    assert "violates the following Content Security Policy" in faults
    assert "a mistake" in faults


def test_pages_leave_nothing_on_the_readers_machine(visit, article):
    page = visit()
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("sessionStorage.length") == 0, address
        assert page.context.storage_state(indexed_db=True) == {
            "cookies": [],
            "origins": [],
        }


def test_pages_hold_no_script_and_read_the_same_without(visit, article):
    page, plain = visit(), visit(java_script_enabled=False)
    for address in PAGES:
        page.goto(address)
        plain.goto(address)
        assert page.locator("script:not([type='application/ld+json'])").count() == 0
        words = page.inner_text("body")
        assert len(words) > 100
        assert plain.inner_text("body") == words, address


def test_the_first_tab_stop_skips_to_the_text(visit, article):
    page = visit()
    for address in PAGES:
        page.goto(address)
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        words = "Ir al texto" if address.startswith("/es/") else "Skip to the text"
        assert skip.inner_text() == words, address
        assert skip.bounding_box()["x"] >= 0, address
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.locator("main :focus, main ~ * :focus").count() == 1, address


def test_every_number_can_be_tapped_to_call(visit, article):
    page = visit(viewport={"width": 390, "height": 800}, has_touch=True)
    for address in PAGES:
        page.goto(address)
        numbers = page.locator("a[href^='tel:']")
        assert numbers.count() > 0
        for number in numbers.all():
            assert number.bounding_box()["height"] >= 24, address
            assert number.get_attribute("href") == "tel:+12014489837"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_enough_contrast(visit, article, scheme):
    page = visit(color_scheme=scheme)
    for address in PAGES:
        page.goto(address)
        for words, ink, paper in page.evaluate(COLOURS):
            assert contrast(ink, paper) >= 4.5, (address, words, ink, paper)
    assert (luminance(paper) < 0.5) == (scheme == "dark")
