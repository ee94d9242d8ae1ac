"""The article's page in a real browser: notes, explained words, paper and weight."""

import pytest
from helpers.watching import COLOURS, contrast
from whitenoise.compress import Compressor

from lawblog.pagecache.responses import Page
from posts.models import Series, Term

PAGE = "/posts/a-title/"
SECTION = """<h2>Part {n}</h2><p>On parole[[Note {n}, with
    <a href="https://example.gov/">a link</a>.]] and on.</p><p>{words}</p>"""
SHEET = ".notes :is(li, div):target"


@pytest.fixture
def article(publish, visit):
    words = {"explanation": "A stay for a time.", "is_public": True}
    Term.objects.create(term="parole", **words)
    series = Series.objects.create(name="A series", slug="a-series")
    sections = (SECTION.format(n=n, words="word " * 300) for n in range(1, 5))
    body = "".join(sections)
    publish(topics=["Asylum"], body=body, series=series, part=1)
    publish("Next", topics=["Asylum"], series=series, part=2)


def test_nobody_loses_the_place_over_a_note_or_a_word(visit, article):
    page = visit()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for link in (".ref a", ".term"):
            page.goto(PAGE)
            keeps_the_place(page, link)
            assert page.evaluate("document.documentElement.scrollWidth") == width


def keeps_the_place(page, link):
    page.locator(link).first.focus()
    before = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    sheet = page.locator(SHEET)
    assert sheet.count() == 1 and page.evaluate("scrollY") == before
    box = sheet.bounding_box()
    assert box["y"] + box["height"] == pytest.approx(800, abs=1) and box["y"] > 300
    # The next stops are within; the last of them leads back.
    for _ in range(sheet.locator("a").count()):
        page.keyboard.press("Tab")
        assert page.evaluate(f"document.activeElement.closest('{SHEET}') !== null")
    page.keyboard.press("Enter")
    assert page.locator(SHEET).count() == 0
    place = page.locator(link).first.bounding_box()
    assert 0 < place["y"] < 800


def test_what_is_read_has_enough_contrast(visit, article):
    page = visit(viewport={"width": 390, "height": 800})
    for address in (PAGE, f"{PAGE}#note:1", "/glossary/", "/series/a-series/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for words, ink, paper, _ in page.evaluate(COLOURS):
                assert contrast(ink, paper) >= 4.5, (address, scheme, words)


def test_each_id_is_there_once_and_every_link_within_leads_to_one(visit, article):
    page = visit()
    page.goto(PAGE)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids)) > 20
    links = page.locator("a[href^='#']")
    names = {link.get_attribute("href")[1:] for link in links.all()}
    assert len(names) > 14 and names <= set(ids)


def test_the_code_is_fetched_for_paper_alone_and_a_page_weighs_little(visit, article):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGE, wait_until="networkidle")
    # A browser asks for the icon once, whatever it opens.
    asked = [url for url in asked if not url.endswith("/icon.svg")]
    assert len(asked) == 2 and asked[1].endswith(".css")
    html, css = (page.request.get(url).body() for url in asked)
    # As the page store and collectstatic compress them.
    kept = Page([("Content-Type", "text/html")], html).response("br").body
    assert 2_000 < len(kept + Compressor.compress_brotli(css)) <= 14_000
    assert not page.locator(".printed").is_visible()
    page.emulate_media(media="print")
    with page.expect_response("**/qr.svg") as answer:
        page.pdf()
    assert answer.value.ok
    assert page.locator(".printed").is_visible()
    for hidden in (".contents", ".headed > a", ".share", ".back", ".top nav"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for printed in (".notes li", ".terms dd", ".footer address"):
        assert page.locator(printed).first.is_visible(), printed
