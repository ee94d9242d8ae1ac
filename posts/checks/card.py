"""What a card must be: read at a glance, and as small as a bank card. Pure."""

from collections.abc import Iterator

from posts.reading.card_lines import other_blocks, texts

from .finding import MUST, Finding, around

MAX_LINES = 6
# Characters: six such lines still fit on a bank card (tests/browser/test_paper.py).
MAX_LINE_LENGTH = 100


def check_card(body: str) -> Iterator[Finding]:
    """What must be fixed in the text of a card; body is cleaned HTML."""
    lines = texts(body)
    if len(lines) > MAX_LINES:
        yield Finding(
            MUST,
            f"A card has at most {MAX_LINES} lines, so that it is read at a glance. "
            f"This one has {len(lines)}: make it shorter, or write a guide.",
        )
    for number, text in enumerate(lines, start=1):
        if len(text) > MAX_LINE_LENGTH:
            yield Finding(
                MUST,
                f"This line has {len(text)} letters. A card is printed as small as a "
                f"bank card: {MAX_LINE_LENGTH} are the most that a line can have.",
                around(text),
                number,
            )
    if other_blocks(body) or "[[" in body:
        yield Finding(
            MUST,
            "A card has lines alone. Take out headings, tables, pictures, quotations "
            "and notes.",
        )
