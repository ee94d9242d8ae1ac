"""What is pressed on a page and is too small for a finger; pages that are too wide."""

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
# The width of the page with letters so many times as large.
WIDTH = """times => {
    const html = document.documentElement;
    html.style.fontSize = "";
    if (times > 1) html.style.fontSize =
        `${parseFloat(getComputedStyle(html).fontSize) * times}px`;
    return html.scrollWidth;
}"""


def small(tab, excused):
    """What is pressed and too small, but for what one of the selectors excuses."""
    return tab.evaluate(SMALL, ", ".join(excused))


def too_wide(tab, screens):
    """The (width, size of letters) of screens on which one has to scroll sideways."""
    wide = []
    for width, times in screens:
        if tab.viewport_size["width"] != width:
            tab.set_viewport_size({"width": width, "height": 800})
        if tab.evaluate(WIDTH, times) > width:
            wide.append((width, times))
    if times != 1:
        tab.evaluate(WIDTH, 1)
    return wide
