"""Whoever reads with the Tab key alone comes to everything, in order, and sees it."""

import pytest
from django.test import Client
from pages import site
from showing import public, show

__all__ = ["show", "site"]
# What the Tab key should come to, in the order of the document.
BEGIN = """() => {
    window.pressed = "a[href], button, summary, select, textarea, input";
    window.stops = [...document.querySelectorAll(pressed)]
        .filter(part => part.checkVisibility());
    window.before = null;
    return stops.length;
}"""
# What is wrong with the stop that the last key led to; null: it led out of the page.
LOOK = """() => {
    const stop = document.activeElement, wrong = [];
    if (stop === document.body) return null;
    // The browser stops at a wide table too, or nobody could move it.
    const wide = !stop.matches(pressed) && stop.scrollWidth > stop.clientWidth;
    if (stops[0] === stop) stops.shift();
    else if (!wide) wrong.push("comes out of order");
    const box = stop.getClientRects()[0];
    if (!box?.width || !box.height) return [`${stop.outerHTML} has no size`];
    // A page is moved by whole pixels.
    const {left, right, top, bottom, width, height} = box;
    if (left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1)
        wrong.push("is not on the screen");
    const middle = Math.min(top + height / 2, innerHeight - 1);
    if (!stop.contains(document.elementFromPoint(left + width / 2, middle)))
        wrong.push("is covered");
    const {outlineStyle, outlineWidth} = getComputedStyle(stop);
    if (outlineStyle !== "solid" || parseFloat(outlineWidth) < 2)
        wrong.push(`has the outline ${outlineStyle} ${outlineWidth}`);
    // Columns stand beside each other; nobody is led up and to the left.
    const place = {x: left + scrollX, y: top + scrollY};
    if (before && place.y < before.y - height && place.x < before.x)
        wrong.push("stands before the stop before it");
    window.before = place;
    return wrong.map(what => `${stop.outerHTML.slice(0, 120)} ${what}`);
}"""
# Whether the focus is on the first stop from the beginning of the text on.
SKIPPED = """() => {
    const {DOCUMENT_POSITION_FOLLOWING: after} = Node;
    const main = document.querySelector("main");
    const rest = [...document.querySelectorAll("a[href], button, summary, input")]
        .filter(part => part.checkVisibility()
            && main.compareDocumentPosition(part) & after);
    return document.activeElement === rest[0];
}"""


def walked(tab):
    """From where the focus is to the end of the page → what is wrong on the way."""
    wrong = []
    for _ in range(tab.evaluate(BEGIN) + 20):
        tab.keyboard.press("Tab")
        found = tab.evaluate(LOOK)
        if found is None:
            left_out = tab.evaluate("stops.map(stop => stop.outerHTML.slice(0, 120))")
            return wrong + [f"{stop} is left out" for stop in left_out]
        wrong += found
    return [*wrong, "the focus does not leave the page"]


# Large letters on a wide screen come out as a narrow one.
@pytest.mark.parametrize("width, pages", [(1280, slice(None)), (320, slice(3))])
def test_the_tab_key_leads_through_every_page_in_order(show, site, width, pages):
    tab = show(Client(), viewport={"width": width, "height": 800})
    wrong = {}
    for address in public(site)[pages]:
        tab.goto(address)
        wrong[address] = walked(tab)
    assert not any(wrong.values()), "\n".join(map(str, wrong.items()))


def test_the_first_stop_skips_to_the_text(show, site):
    tab = show(Client())
    for address in public(site):
        tab.goto(address)
        if address.endswith(".html"):
            # No menu: nothing to skip.
            assert tab.locator("header, nav").count() == 0, address
            continue
        tab.keyboard.press("Tab")
        skip = tab.locator(":focus")
        words = "Ir al texto" if address.startswith("/es/") else "Skip to the text"
        assert skip.inner_text() == words, address
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        assert tab.evaluate(SKIPPED), address
