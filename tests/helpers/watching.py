"""A real browser that is watched for faults, and what is done in it again and again."""

from contextlib import contextmanager

import time_machine

TELL = """addEventListener("securitypolicyviolation",
    event => tell(`CSP ${event.effectiveDirective} ${event.blockedURI}`))"""
# A page's long waits, as for a pause in what is typed, are short.
HASTY = """{
    const wait = window.setTimeout;
    window.setTimeout = (act, ms, ...rest) =>
        wait(act, ms < 1000 ? ms : ms / 10, ...rest);
}"""
# Each look of a text, once, the page's own first: [the first words that have it, their
# colour, the colour behind them, and all of it that axe judges], colours as [r, g, b].
COLOURS = """() => {
    document.getAnimations().forEach(change => change.finish());
    const brush = document.createElement("canvas").getContext(
        "2d", {willReadFrequently: true});
    const remembered = (make, known = new Map()) => key => {
        if (!known.has(key)) known.set(key, make(key));
        return known.get(key);
    };
    const rgb = remembered(colour => {
        brush.fillStyle = colour;
        brush.fillRect(0, 0, 1, 1);
        return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
    });
    // Up to the first through which nothing shows.
    const papers = remembered(box => {
        if (!box) return [["Canvas"]];
        const {backgroundColor, backgroundImage, opacity} = getComputedStyle(box);
        const own = [backgroundColor, backgroundImage, opacity];
        if (backgroundColor.startsWith("rgb(")) return [own];
        const isClear = own.join() === "rgba(0, 0, 0, 0),none,1";
        return [...isClear ? [] : [own], ...papers(box.parentElement)];
    });
    const looks = remembered(box => {
        const all = papers(box), around = box.parentElement;
        const {color, fontSize, fontWeight, textDecorationLine} = getComputedStyle(box);
        const isLarge = parseFloat(fontSize) >= (fontWeight < 700 ? 24 : 18.7);
        const beside = getComputedStyle(around).color;
        const name = [color, beside, isLarge, textDecorationLine];
        const [paper] = all.find(([colour]) => colour !== "rgba(0, 0, 0, 0)");
        return {color, paper, name: [...name, ...all].join()};
    });
    const found = new Map(), texts = [["The page", document.body]];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
        texts.push([walker.currentNode.data.trim(), walker.currentNode.parentElement]);
    for (const field of document.querySelectorAll("input:is(:not([type]), [type=text],"
            + "[type=search], [type=email], [type=url], [type=submit])"))
        texts.push([field.value.trim(), field]);
    for (const [words, box] of texts) {
        if (!words || found.has(looks(box).name) || !box.checkVisibility()) continue;
        const {color, paper, name} = looks(box);
        found.set(name, [words, rgb(color), rgb(paper), name]);
    }
    return [...found.values()];
}"""


@contextmanager
def watched(browser, url):
    """Gives open_page(**options) → a page of a fresh context, and fails if anything
    on any of them was amiss: a message in the console, an error of a script, a breach
    of the Content-Security-Policy, a request to another host."""
    contexts, faults = [], []
    absent = f"{url}/nope/"

    def open_page(**options):
        context = browser.new_context(base_url=url, **options)
        contexts.append(context)
        context.set_default_timeout(30_000)
        context.expose_binding("tell", lambda _, words: faults.append(words))
        context.add_init_script(TELL)
        context.add_init_script(HASTY)
        context.on("console", console)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("request", request)
        return context.new_page()

    def console(message):
        # That a page which is asked for on purpose is missing is no fault.
        if message.type in ("error", "warning") and message.location["url"] != absent:
            faults.append(f"{message.text} ({message.location['url']})")

    def request(request):
        if not request.url.startswith((f"{url}/", "data:")):
            faults.append(f"foreign request: {request.url}")

    open_page.faults = faults
    with time_machine.travel("2026-11-24T15:00Z", tick=False):
        yield open_page
        # Before the clock goes on, after which nobody would be signed in.
        for context in contexts:
            context.close()
    assert faults == [], faults


def contrast(one, other):
    """Of two [r, g, b] colours, 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def begin(page, title):
    """A new article in the form; returns the editor's sheet with the cursor in it."""
    page.goto("/admin/posts/post/add/")
    page.fill("#id_title", title)
    page.fill("#id_summary", f"Summary of {title}.")
    sheet = page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
    sheet.click()
    return sheet
