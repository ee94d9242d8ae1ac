"""Each page, of readers and of the desk, is shown; what is on it, its own tests say."""

import re

from helpers.desk_pages import DESK, FORMS
from helpers.pages import PUBLIC

NOT_THERE = {"/nothing/": 404, "/preview/gone/": 404}
# What Django would say, where lawblog/locale/en says it otherwise; and its colon.
DJANGOS = re.compile(
    r"successfully|Please correct|Add another|Select \w+ to|Hold down “|"
    r"\b[Tt]h\w+ objects?\b|for an action|Delete selected|\d selected"
    r"|>-{2,}<|:</label>|:</legend>"
)


def test_each_public_page_is_shown(asked):
    found = {page: asked.public[page].status_code for page in PUBLIC}
    expected = {page: NOT_THERE.get(page, 200) for page in PUBLIC}
    assert found == expected


def test_each_page_of_the_desk_is_shown_in_its_words(asked):
    answers = {address: asked.desk[address] for address in [*DESK, *FORMS]}
    other = {a: r.status_code for a, r in answers.items() if r.status_code != 200}
    assert other == {}
    said = {a: words_of(answer.content.decode()) for a, answer in answers.items()}
    assert {a: words for a, words in said.items() if words} == {}


def words_of(page: str) -> list[str]:
    return DJANGOS.findall(re.sub(r"<(script|style).*?</\1>", "", page, flags=re.S))
