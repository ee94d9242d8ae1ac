"""What is pressed on a page and is too small for a finger."""

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


WIDE = "() => document.documentElement.scrollWidth > innerWidth"


def small(tab, addresses, excused):
    """{what is pressed and too small, but for what a selector excuses: where}; and a
    page that is wider than its window."""
    found = {}
    for address in addresses:
        tab.goto(address)
        found |= dict.fromkeys(tab.evaluate(SMALL, ", ".join(excused)), address)
        if tab.evaluate(WIDE):
            found["wider than the window"] = address
    return found
