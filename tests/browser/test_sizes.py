"""Every page fits its screen, with large letters too, and what is pressed is no dot."""

from django.test import Client
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


def test_no_page_is_wider_than_the_screen(show, whole_site):
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
