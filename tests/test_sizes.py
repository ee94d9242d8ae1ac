"""Every page fits its screen, with large letters too, and what is pressed is no dot."""

from django.test import Client
from pages import site
from showing import public, show

__all__ = ["show", "site"]
# WCAG 2.2 asks for letters of twice the size (1.4.4) and for 320 px (1.4.10).
SCREENS = [(1600, 1), (390, 1), (320, 1), (1280, 2), (320, 2)]
WIDTH = """times => {
    const html = document.documentElement;
    html.style.fontSize = "";
    html.style.fontSize = `${parseFloat(getComputedStyle(html).fontSize) * times}px`;
    return html.scrollWidth;
}"""

# What is pressed and is under 24 by 24 px (WCAG 2.5.8), but for links in a sentence.
SMALL = """excused => {
    const around = link => link.parentElement.closest("sup")?.parentElement
        ?? link.parentElement;
    const inWords = link => getComputedStyle(link).display === "inline" &&
        [...around(link).childNodes].some(
            ({nodeType, data}) => nodeType === Node.TEXT_NODE && /\\w/.test(data));
    const pressed = "a[href], button, summary, select, input:not([type=hidden])";
    return [...document.querySelectorAll(pressed)].filter(part => {
        const {width, height} = part.getBoundingClientRect();
        return part.checkVisibility() && (width < 24 || height < 24)
            && !part.matches(excused) && !inWords(part);
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


def small(tab, addresses, excused):
    """{what is pressed and too small, but for what a selector excuses: where}."""
    found = {}
    for address in addresses:
        tab.goto(address)
        found |= dict.fromkeys(tab.evaluate(SMALL, ", ".join(excused)), address)
    return found


def test_what_readers_press_is_no_dot(show, site):
    tab = show(Client(), viewport={"width": 390, "height": 800})
    found = small(tab, public(site), [".skip"])
    assert found == {}, "\n".join(map(str, found.items()))
