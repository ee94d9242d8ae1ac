"""Every page fits its screen, with large letters too, and what is pressed is no dot."""

from datetime import date

from django.test import Client
from helpers.pages import card
from helpers.pressing import small
from helpers.showing import public

from offices.models import Office

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


BROKEN = """() => [...document.querySelectorAll(".hours span")]
    .filter(s => s.offsetHeight > 1.9 * parseFloat(getComputedStyle(s).lineHeight))
    .map(s => s.innerText)"""


def test_no_range_of_days_or_hours_is_broken_across_lines(show, set_up):
    office = Office.objects.get(slug="fort-lee")
    for day in range(5):
        office.hours.create(weekday=day, opens="10:30", closes="12:30")
        office.hours.create(weekday=day, opens="13:30", closes="17:30")
    tab = show(Client())
    for address in ("/offices/", "/es/offices/", "/es/offices/fort-lee/"):
        tab.goto(address)
        assert tab.locator(".hours span").count() == 5
        for width in (1280, 390, 360, 320):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate(BROKEN) == [], f"{address} {width}"
            # With letters of twice the size one range alone may be wider than that.
            assert tab.evaluate(WIDTH, 2) <= width, f"{address} {width}"
            tab.evaluate(WIDTH, 1)
