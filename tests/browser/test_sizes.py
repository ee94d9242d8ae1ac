"""Every page fits its screen, with large letters too, and what is pressed is no dot."""

from datetime import date

from django.test import Client
from helpers.pages import card
from helpers.pressing import small
from helpers.showing import public

# WCAG 2.2 asks for letters of twice the size (1.4.4) and for 320 px (1.4.10).
SCREENS = [(1600, 1), (390, 1), (320, 1), (1280, 2), (320, 2)]
WIDTH = """times => {
    const html = document.documentElement;
    html.style.fontSize = "";
    html.style.fontSize = `${parseFloat(getComputedStyle(html).fontSize) * times}px`;
    return html.scrollWidth;
}"""


def test_no_page_is_wider_than_the_screen(show, whole_site, publish):
    # Beside, before and below every other article.
    publish("W" * 200, slug="w", topics=["Asylum"], published_on=date(2026, 1, 7))
    tab = show(Client())
    wide = []
    for address in public(whole_site):
        tab.goto(address)
        for width, times in SCREENS:
            tab.set_viewport_size({"width": width, "height": 800})
            if tab.evaluate(WIDTH, times) > width:
                wide.append((address, width, times))
    assert wide == []


def test_what_readers_press_is_no_dot(show, whole_site):
    tab = show(Client(), viewport={"width": 390, "height": 800})
    found = small(tab, public(whole_site), [".skip"])
    assert found == {}, "\n".join(map(str, found.items()))


def test_the_first_screen_of_a_phone_has_what_is_urgent_and_an_article(
    show, whole_site, publish
):
    for number in (2, 3):
        card(publish, f"Somebody was taken away {number}", f"Se llevaron {number}")
    tab = show(Client(), viewport={"width": 390, "height": 844})
    tab.goto("/")
    for part in ("main [href^='tel:']", ".now-box li:nth-child(3)", ".story h3"):
        box = tab.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= 844, part
    # With large letters on a small one, the firm's name is read in words, not letters.
    tab.set_viewport_size({"width": 320, "height": 844})
    tab.evaluate(WIDTH, 2)
    lines = "b => b.offsetHeight / parseFloat(getComputedStyle(b).lineHeight)"
    assert tab.locator(".bar .brand").evaluate(lines) < 4
