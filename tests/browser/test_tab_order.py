"""The keyboard alone: from stop to stop in order, each of them seen, and out again."""

import pytest
from django.test import Client
from helpers.showing import public

MOST = 200  # stops: more than any page has
# Every part that has to be reached.
STOPS = """() => [...document.querySelectorAll(
    "a[href], button, summary, select, textarea, input:not([type=hidden])")]
    .filter(part => part.checkVisibility()).length"""
# Of what has the focus, null at the end: its HTML, its number in the document, whether
# it stands before the text, where on the page its first line is, and what is wrong.
STOP = """() => {
    const part = document.activeElement, {scrollX, scrollY} = window;
    if (!part || part === document.body) return null;
    const [line] = part.getClientRects();
    const html = part.outerHTML.slice(0, 120), wrong = [];
    const number = [...document.querySelectorAll("*")].indexOf(part);
    const before = Boolean(document.querySelector("main")
        .compareDocumentPosition(part) & Node.DOCUMENT_POSITION_PRECEDING);
    if (!line?.width || !line.height) return {html, number, before, wrong: ["no size"]};
    const {left, right, top, bottom} = line;
    if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
        wrong.push("outside the window");
    const upon = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (!part.contains(upon) && !upon?.contains(part)) wrong.push("covered");
    const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(part);
    if (outlineStyle !== "solid" || parseFloat(outlineWidth) < 2)
        wrong.push("unmarked");
    if (outlineColor === getComputedStyle(document.body).backgroundColor)
        wrong.push("marked in the colour of the page");
    const place = [left + scrollX, right + scrollX, top + scrollY, bottom + scrollY];
    return {html, number, before, place, wrong};
}"""


def walk(tab):
    """The stops of the page in the tab, first to last; fails where there is no end."""
    stops = []
    while len(stops) < MOST:
        tab.keyboard.press("Tab")
        stop = tab.evaluate(STOP)
        # A browser with windows goes from the last stop to its own buttons, which a
        # test's browser lacks, and so at once to the first again.
        if stop is None or stops and stop["number"] == stops[0]["number"]:
            return stops
        stops.append(stop)
    raise AssertionError(f"no way out of {stops[-1]}")


def skips(tab, stops):
    """Whether the first stop leads past all that stands before the text. Only where
    nothing does, there need be no such stop."""
    if not stops[0]["before"]:
        return True
    if tab.evaluate(STOP) is None:
        tab.keyboard.press("Tab")
    for key in ("Enter", "Tab"):
        tab.keyboard.press(key)
    first = next(stop for stop in stops if not stop["before"])
    return tab.evaluate(STOP)["number"] == first["number"]


def out_of_order(before, after):
    """Whether `after` comes before in the document, or stands above without being in
    the next column, or to the left on the same line."""
    if after["number"] <= before["number"]:
        return True
    if not before.get("place") or not after.get("place"):
        return False
    left, right, top, bottom = before["place"]
    its_left, its_right, its_top, its_bottom = after["place"]
    above, on_the_left = its_bottom <= top, its_right <= left
    beside = its_top < bottom and not above
    return (above and its_left < right) or (beside and on_the_left)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_reaches_all_in_order_and_each_stop_is_seen(
    show, whole_site, width
):
    tab = show(Client(), viewport={"width": width, "height": 800})
    faults = []
    for address in public(whole_site):
        tab.goto(address)
        stops = walk(tab)
        if len(stops) < tab.evaluate(STOPS):
            faults.append((address, "not all are reached"))
        faults += [(address, stop) for stop in stops if stop["wrong"]]
        for pair in zip(stops, stops[1:], strict=False):
            if out_of_order(*pair):
                faults.append((address, "out of order", *pair))
        if not skips(tab, stops):
            faults.append((address, "the first stop leads elsewhere"))
    assert faults == [], "\n".join(map(str, faults))
