"""No public page has a fault that axe can see, in light colours or dark ones."""

from django.test import Client
from pages import site
from showing import from_npm, public, show

__all__ = ["show", "site"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
LOOK = """async runOnly => {
    const options = {runOnly, resultTypes: ["violations"]};
    const {violations} = await axe.run(document, options);
    return violations.flatMap(({id, nodes}) => nodes.map(
        ({target, html}) => [id, target.flat().join(" "), html.slice(0, 200)]));
}"""


def faults(tab, address):
    """{(rule, where it is, its HTML)}: all rules in light colours, and those on
    colours in dark ones."""
    tab.emulate_media(color_scheme="light")
    tab.goto(address)
    found = tab.evaluate(LOOK, RULES)
    tab.emulate_media(color_scheme="dark")
    found += tab.evaluate(LOOK, {"type": "rule", "values": COLOURS})
    return {tuple(fault) for fault in found}


def test_axe_finds_nothing_on_a_public_page(show, site):
    tab = show(Client(), from_npm("axe-core/axe.min.js"))
    found = {address: faults(tab, address) for address in public(site)}
    assert {address: seen for address, seen in found.items() if seen} == {}
