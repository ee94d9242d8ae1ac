"""Every page fits its screen, with large letters too, and what is pressed is no dot."""

import pytest
from django.test import Client
from pages import site
from showing import public, show
from test_axe_desk import DESK, FORMS, ids

__all__ = ["ids", "show", "site"]
# WCAG 2.2 asks for letters of twice the size (1.4.4) and for 320 px (1.4.10).
SCREENS = [(1600, 1), (390, 1), (320, 1), (1280, 2), (320, 2)]
WIDTH = """times => {
    const html = document.documentElement;
    html.style.fontSize = "";
    html.style.fontSize = `${parseFloat(getComputedStyle(html).fontSize) * times}px`;
    return html.scrollWidth;
}"""

# What is pressed and is under 24 by 24 px (WCAG 2.5.8), but for links in a sentence.
SMALL = """unpressed => {
    const around = link => link.parentElement.closest("sup")?.parentElement
        ?? link.parentElement;
    const inWords = link => getComputedStyle(link).display === "inline" &&
        [...around(link).childNodes].some(
            ({nodeType, data}) => nodeType === Node.TEXT_NODE && /\\w/.test(data));
    const pressed = "a[href], button, summary, select, input:not([type=hidden])";
    return [...document.querySelectorAll(pressed)].filter(part => {
        const {width, height} = part.getBoundingClientRect();
        return part.checkVisibility() && (width < 24 || height < 24)
            && !part.closest(unpressed) && !inWords(part);
    }).map(part => part.outerHTML.slice(0, 120));
}"""


def test_no_page_is_wider_than_the_screen(show, site):
    tab = show(Client())
    wide = []
    for address in public(site):
        tab.goto(address)
        for width, times in SCREENS:
            tab.set_viewport_size({"width": width, "height": 800})
            if tab.evaluate(WIDTH, times) > width:
                wide.append((address, width, times))
    assert wide == []


# The link to the text is seen when it has the focus. Select2 draws a box over a list of
# rows, and within it a field as wide as what is typed: the box is what is pressed.
UNPRESSED = ".skip, .select2-hidden-accessible, .select2-search__field"


def small(tab, addresses):
    """{what is pressed and too small: where}."""
    found = {}
    for address in addresses:
        tab.goto(address)
        found |= dict.fromkeys(tab.evaluate(SMALL, UNPRESSED), address)
    return found


def test_what_readers_press_is_no_dot(show, site):
    tab = show(Client(), viewport={"width": 390, "height": 800})
    found = small(tab, public(site))
    assert found == {}, "\n".join(map(str, found.items()))


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("pages", [DESK[:11], DESK[11:], FORMS])
def test_what_is_pressed_at_the_desk_is_no_dot(
    show, attorney_client, ids, pages, width
):
    tab = show(attorney_client, viewport={"width": width, "height": 800})
    found = small(tab, [page.format(**ids) for page in pages])
    assert found == {}, "\n".join(map(str, found.items()))
