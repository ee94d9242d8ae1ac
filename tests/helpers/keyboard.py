"""The keyboard alone: from stop to stop in order, each of them seen, and out again."""

MOST = 200  # stops: more than any page has
# Before each key: of what has the focus, null at the end, its HTML, its words, its
# number in the document, whether it stands before the text, where on the page its first
# line is, and what is wrong. `all`: every part that has to be reached.
WATCH = """() => {
    const everything = [...document.querySelectorAll("*")];
    const main = document.querySelector("main");
    const all = () => [...document.querySelectorAll("a[href], button, summary, select, "
        + "textarea, input:not([type=hidden])")].filter(part => part.checkVisibility());
    const stop = () => {
        const part = document.activeElement, {scrollX, scrollY} = window;
        if (!part || part === document.body) return null;
        const [line] = part.getClientRects();
        const html = part.outerHTML.slice(0, 120), wrong = [];
        const number = everything.indexOf(part), words = part.innerText?.trim();
        const before = Boolean(main.compareDocumentPosition(part)
            & Node.DOCUMENT_POSITION_PRECEDING);
        const found = {html, words, number, before, wrong};
        if (!line?.width || !line.height) return {...found, wrong: ["no size"]};
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
        const place = [
            left + scrollX, right + scrollX, top + scrollY, bottom + scrollY];
        return {...found, place};
    };
    window.keyboard = {all, stop, stops: []};
    addEventListener("keydown", () => keyboard.stops.push(stop()), true);
}"""
# The same of each part in turn, without a key: what is in sight after a key stays so.
EACH = "() => keyboard.all().map(part => (part.focus(), keyboard.stop()))"


def walk(tab):
    """(the stops of the page in the tab, first to last; what is wrong with the way)."""
    tab.evaluate(WATCH)
    lands = past(tab)
    least = tab.evaluate("keyboard.all().length")
    stops = []
    for count in range(least + 1, MOST):
        # Held down, as one goes through a page.
        for _ in range(count - max(1, len(stops))):
            tab.keyboard.down("Tab")
        tab.keyboard.up("Tab")
        stops = tab.evaluate("[...keyboard.stops, keyboard.stop()]")
        ends = [n for n, stop in enumerate(stops) if n and is_end(stop, stops[0])]
        if ends:
            stops = stops[: ends[0]]
            break
    else:
        return stops, ["no way out"]
    wrong = ["not all are reached"] if len(stops) < least else []
    text = next((stop["number"] for stop in stops if not stop["before"]), None)
    # Only where nothing stands before the text, there need be no such stop.
    if stops[0]["before"] and lands != text:
        wrong.append("the first stop leads elsewhere")
    return stops, [*wrong, *faults(stops)]


def past(tab):
    """Where Tab goes after a first stop that leads past what stands before the text was
    followed; then the first stop has the focus again."""
    tab.keyboard.press("Tab")
    first = tab.evaluate("(keyboard.stops = [], keyboard.stop())")
    if not first["before"]:
        return None
    for key in ("Enter", "Tab"):
        tab.keyboard.press(key)
    then = tab.evaluate("keyboard.stop()?.number")
    again = """number => {
        document.querySelectorAll("*")[number].focus();
        keyboard.stops = [];
    }"""
    tab.evaluate(again, first["number"])
    return then


def is_end(stop, first):
    """A browser with windows goes from the last stop to its own buttons, which a test's
    browser lacks, and so at once to the first again."""
    return stop is None or stop["number"] == first["number"]


def faults(stops):
    pairs = zip(stops, stops[1:], strict=False)
    order = [("out of order", *pair) for pair in pairs if out_of_order(*pair)]
    return [stop for stop in stops if stop["wrong"]] + order


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
