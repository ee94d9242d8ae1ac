"""A guide as a list of questions that open in place. Pure."""

import re
from functools import lru_cache
from itertools import pairwise

from lawblog.html.tokens import tokens

# A main heading as headings.anchored() leaves it. Its link is left out: what one
# presses to open the question can hold no link.
_QUESTION = re.compile(
    r'<header class="headed">(<h2 .*?</h2>)<a .*?</header>', re.DOTALL
)


@lru_cache(maxsize=64)
def folded(html: str) -> str:
    """The HTML of a Reading with each main heading and what follows it as <details>.
    What stands before the first one stays open."""
    places = _questions(html)
    parts = [html[start:end] for start, end in pairwise([*places, len(html)])]
    return html[: places[0]] + "".join(map(_folded, parts)) if places else html


def _folded(part: str) -> str:
    match = _QUESTION.match(part)
    words, answer = (match[1], part[match.end() :]) if match else ("", part)
    return f"<details><summary>{words}</summary>{answer}</details>"


def _questions(html: str) -> list[int]:
    """Where the main headings begin that stand in no other element."""
    places, at, depth = [], 0, 0
    for token in tokens(html):
        if depth == 0 and token.name == "header" and _QUESTION.match(html, at):
            places.append(at)
        at += len(token.raw)
        depth += token.step
    return places
