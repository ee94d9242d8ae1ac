"""A real browser that is watched for faults, and what is done in it again and again."""

from contextlib import contextmanager

import time_machine

TELL = """addEventListener("securitypolicyviolation",
    event => tell(`CSP ${event.effectiveDirective} ${event.blockedURI}`))"""
# Every piece of text: [its words, its colour, the colour behind it], as [r, g, b].
COLOURS = """() => {
    const brush = document.createElement("canvas").getContext(
        "2d", {willReadFrequently: true});
    const rgb = colour => {
        brush.fillStyle = colour;
        brush.fillRect(0, 0, 1, 1);
        return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const behind = element => {
        const colour = getComputedStyle(element).backgroundColor;
        return colour === "rgba(0, 0, 0, 0)" ? behind(element.parentElement) : colour;
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
        const {data, parentElement: box} = texts.currentNode, words = data.trim();
        if (words && box.checkVisibility())
            found.push([words, rgb(getComputedStyle(box).color), rgb(behind(box))]);
    }
    return found;
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
