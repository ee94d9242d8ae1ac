"""What axe, and an eye for colours, see on a page in light, dark and forced colours."""

from helpers.showing import AXE
from helpers.watching import COLOURS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# A page is in light colours to begin with, and again in the end.
LIGHT = {"color_scheme": "light", "forced_colors": "none"}
SCHEMES = {
    "light": None,
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
# axe asks for the colour that fills letters, which Chromium gives as it would be if no
# colours were forced; no page sets it, so that letters have their own colour.
ASK = """
    const style = CSSStyleDeclaration.prototype, ask = style.getPropertyValue;
    style.getPropertyValue = function (name) {
        return ask.call(this, name === "-webkit-text-fill-color" ? "color" : name);
    };
"""
# No excused fault is told: [(rule, selector of what may break it)].
LOOK = """async ([runOnly, excused]) => {
    const options = {runOnly, resultTypes: ["violations"]};
    const {violations} = await axe.run(document, options);
    const told = (id, target) => !excused.some(([rule, selector]) =>
        rule === id && document.querySelector(target[0]).matches(selector));
    return violations.flatMap(({id, nodes}) => nodes
        .filter(({target}) => told(id, target))
        .map(({target, html}) => [id, target.flat().join(" "), html.slice(0, 200)]));
}"""


def looks(tab, known, excused=()):
    """{"axe": (rule, where it is, its HTML) of each fault on the page in the tab,
    "light", "dark" and "forced": COLOURS}. axe goes by all rules in light colours, and
    by those on colours in the others where some text has a look that is not in `known`,
    or a frame is on the page."""
    found = {"axe": set()}
    if AXE.exists():
        tab.evaluate(f"() => {{{ASK}}}")
        # The editor writes its frame anew, in which axe hears nothing from then on: a
        # run would wait for half a second, and leave out what is written in.
        for frame in tab.frames[1:]:
            frame.evaluate(f"() => {{delete window.axe; {AXE.read_text()}}}")
    for scheme, media in SCHEMES.items():
        if media:
            tab.emulate_media(**media)
        found[scheme] = tab.evaluate(COLOURS)
        seen = {(scheme, look) for *_, look in found[scheme]}
        is_new = not seen <= known or tab.evaluate("frames.length")
        known |= seen
        if AXE.exists() and (scheme == "light" or is_new):
            rules = RULES if scheme == "light" else OF_COLOURS
            found["axe"] |= {tuple(f) for f in tab.evaluate(LOOK, [rules, excused])}
    tab.emulate_media(**LIGHT)
    return found | {"axe": sorted(found["axe"])}
