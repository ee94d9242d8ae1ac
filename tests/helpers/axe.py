"""Faults that axe sees on a page, in light, dark or forced colours."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DARK, FORCED = {"color_scheme": "dark"}, {"forced_colors": "active"}
COLOURS = ["color-contrast", "link-in-text-block"]
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
    document.getAnimations().forEach(change => change.finish());
    const options = {runOnly, resultTypes: ["violations"]};
    const {violations} = await axe.run(document, options);
    const told = (id, target) => !excused.some(([rule, selector]) =>
        rule === id && document.querySelector(target[0]).matches(selector));
    return violations.flatMap(({id, nodes}) => nodes
        .filter(({target}) => told(id, target))
        .map(({target, html}) => [id, target.flat().join(" "), html.slice(0, 200)]));
}"""


def faults(tab, excused=()):
    """(rule, where it is, its HTML) on the page in the tab: all rules in light colours,
    and those on colours in dark and in forced ones."""
    tab.evaluate(f"() => {{{ASK}}}")
    found = tab.evaluate(LOOK, [RULES, excused])
    for other in (DARK, FORCED):
        tab.emulate_media(**other)
        rules = {"type": "rule", "values": COLOURS}
        found += tab.evaluate(LOOK, [rules, excused])
    tab.emulate_media(color_scheme="light", forced_colors="none")
    return sorted({tuple(fault) for fault in found})
