"""The ids that links are led to are those that our pages give to headings."""

import pytest

from lawblog.html.cleaning import clean
from posts.reading.headings import anchored


@pytest.mark.parametrize(
    "headings",
    (
        ["Part two"],
        ["Same", "Same", "Same", "Same-2", "Same"],
        ["Main", "Related", "q"],
        ["¿Qué es?", "日本", "日本", "x" * 90],
        ["a <em>b</em> c"],
    ),
)
def test_a_link_leads_to_the_id_of_its_heading(headings):
    html = "".join(
        f'<p><a href="#old{n}">go</a></p><h2 id="old{n}">{words}</h2>'
        for n, words in enumerate(headings)
    )
    cleaned = clean(html)
    _, entries = anchored(cleaned)
    for entry in entries:
        assert f'href="#{entry.id}"' in cleaned
    assert cleaned.count('href="#') == len(entries) == len(headings)
