"""No page has a fault that axe can see, in any colours."""

import pytest
from django.test import Client
from pages import site
from showing import desk, from_npm, public, show

__all__ = ["show", "site"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
LOOK = """async runOnly => {
    const options = {runOnly, resultTypes: ["violations"]};
    const {violations} = await axe.run(document, options);
    return violations.flatMap(({id, nodes}) => nodes.map(
        ({target, html}) => [id, target.flat().join(" "), html.slice(0, 200)]));
}"""
# What is the editor's own, and why it stands.
EDITORS = {}


def faults(tab, address):
    """{(rule, where it is, its HTML)}: all rules in light colours, and those on
    colours in dark ones and in those that the reader's system forces."""
    tab.emulate_media(color_scheme="light", forced_colors="none")
    tab.goto(address)
    if tab.locator("textarea.django_ckeditor, [data-type=ckeditortype]").count():
        tab.locator("iframe.cke_wysiwyg_frame").wait_for()
    found = tab.evaluate(LOOK, RULES)
    for scheme, forced in (("dark", "none"), ("dark", "active")):
        tab.emulate_media(color_scheme=scheme, forced_colors=forced)
        found += tab.evaluate(LOOK, {"type": "rule", "values": COLOURS})
    return {
        tuple(fault) for fault in found if ".cke" not in fault[1] or fault[0] not in EDITORS
    }


@pytest.mark.parametrize("pages", [public, desk], ids=["public", "desk"])
def test_axe_finds_nothing(show, site, attorney_client, pages):
    client = attorney_client if pages == desk else Client()
    tab = show(client, from_npm("axe-core/axe.min.js"))
    found = {address: faults(tab, address) for address in pages(site)}
    assert {address: seen for address, seen in found.items() if seen} == {}
