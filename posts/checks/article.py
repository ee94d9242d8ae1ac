"""What is checked before words are published. Pure: words in, findings out.

What must be fixed keeps an article from being published (publishing.problems());
what should be read is published with the attorney's reason, kept with the edition.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from lawblog.html.excerpts import Excerpt, excerpts
from lawblog.watched_words import claims
from posts.reading.notes import apart, extract_notes

from .deadlines import check_deadlines
from .finding import MUST, SHOULD, Finding, around
from .readability import grade

MAX_SENTENCE_WORDS = 40
MAX_TITLE_LENGTH = 60  # characters; result pages of search engines cut what is longer
MAX_READING_GRADE = 12  # the courts' own advice is to write for eighth grade
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?]+(?!\s|$)[^.!?]+)*[.!?]*")
_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE)


def check(
    *,
    title: str,
    summary: str,
    body: str,
    law_as_of: date | None,
    language: str,
    needs_summary: bool = True,
) -> list[Finding]:
    """All findings in an article's words; body is cleaned HTML. What must be fixed
    comes first, each kind in the order of the text."""
    found = [*_whole(title, summary if needs_summary else None, law_as_of)]
    parts = excerpts(body)
    for rule in (_pictures, _headings, _link_texts, _claims, _long_sentences):
        found += rule(parts)
    found += _loose_brackets(body)
    found += check_deadlines(body, language)
    found += _claims_outside(title, summary)
    found += _grade(parts, language)
    return sorted(found, key=lambda finding: (finding.severity != MUST, finding.block))


def check_sentence(text: str) -> list[Finding]:
    """Findings in one or two sentences that stand by themselves."""
    return [*_claims_in(text, 0), *_long(text, 0)]


def _whole(
    title: str, summary: str | None, law_as_of: date | None
) -> Iterator[Finding]:
    if summary is not None and not summary.strip():
        none = "The article has no summary. Lists and feeds print it."
        yield Finding(MUST, none, field="summary")
    if not law_as_of:
        unknown = "“Law as of” is empty. Say when the law was checked."
        yield Finding(MUST, unknown, field="law_as_of")
    if len(title) > MAX_TITLE_LENGTH:
        yield Finding(
            SHOULD,
            f"The title has {len(title)} characters. Search engines cut it after "
            f"about {MAX_TITLE_LENGTH}.",
            title,
            field="title",
        )


def _pictures(parts: list[Excerpt]) -> Iterator[Finding]:
    for block in parts:
        for picture in block.pictures:
            decorative = picture.get("role") == "presentation"
            if not (picture.get("alt") or "").strip() and not decorative:
                yield Finding(
                    MUST,
                    "A picture has no description for people who cannot see it. "
                    "Describe it, or write “decorative” if it says nothing.",
                    around(block.text) or picture.get("src") or "",
                    block.number,
                )


def _headings(parts: list[Excerpt]) -> Iterator[Finding]:
    level = 1  # the title
    for block in parts:
        if block.tag not in ("h2", "h3", "h4"):
            continue
        step, level = int(block.tag[1]) - level, int(block.tag[1])
        if step > 1:
            yield Finding(
                MUST,
                f"A Heading {level} follows a "
                f"{f'Heading {level - step}' if level - step > 1 else 'title'}. "
                f"Make it a Heading {level - step + 1}.",
                around(block.text),
                block.number,
            )


def _link_texts(parts: list[Excerpt]) -> Iterator[Finding]:
    for block in parts:
        for text, address in block.links:
            if not text:
                sentence = f"The link to {address} has no words."
            elif _BARE_ADDRESS.fullmatch(text):
                sentence = "A link shows its address. Put words that say what is there."
            else:
                continue
            place = text or around(block.text) or address
            yield Finding(MUST, sentence, around(place), block.number)


def _loose_brackets(body: str) -> Iterator[Finding]:
    """Extracting the notes leaves the numbers of excerpts as they are."""
    for block in excerpts(extract_notes(body)[0]):
        places = [block.text.find(brackets) for brackets in ("[[", "]]")]
        if max(places) >= 0:
            yield Finding(
                SHOULD,
                "Readers will see these double brackets. A note begins with “[[” and "
                "ends with “]]” in the same paragraph, outside of headings and links.",
                around(block.text, max(places)),
                block.number,
            )


def _claims(parts: list[Excerpt]) -> Iterator[Finding]:
    for block in parts:
        if not block.is_quoted:
            yield from _claims_in(block.text, block.number)


def _claims_outside(title: str, summary: str) -> Iterator[Finding]:
    yield from _claims_in(title, 0, "title")
    yield from _claims_in(summary, 0, "summary")


def _claims_in(text: str, number: int, field: str = "") -> Iterator[Finding]:
    for word, start, _ in claims(text):
        yield Finding(
            SHOULD,
            f"“{word}” may read as a promise or a comparison. Bar rules watch such "
            "words.",
            around(text, start),
            number,
            field,
        )


def _long_sentences(parts: list[Excerpt]) -> Iterator[Finding]:
    for block in parts:
        for text in apart(block.text):
            yield from _long(text, block.number)


def _long(text: str, number: int) -> Iterator[Finding]:
    for sentence in _SENTENCE.findall(text):
        words = len(sentence.split())
        if words > MAX_SENTENCE_WORDS:
            yield Finding(
                SHOULD,
                f"A sentence has {words} words. Two shorter ones read better.",
                around(sentence.strip()),
                number,
            )


def grade_of(body: str, language: str) -> int | None:
    """The school grade (readability.grade) that the paragraphs of cleaned HTML ask for;
    None where there is too little text, or no formula."""
    return _years(excerpts(body), language)


def _years(parts: list[Excerpt], language: str) -> int | None:
    # A heading or a list item without a full stop would join the next sentence.
    plain = [b.text for b in parts if b.tag == "p" and not b.is_quoted]
    return grade("\n".join(chain.from_iterable(map(apart, plain))), language)


def _grade(parts: list[Excerpt], language: str) -> Iterator[Finding]:
    years = _years(parts, language)
    if years and years > MAX_READING_GRADE:
        yield Finding(
            SHOULD,
            f"The text reads at about grade {years}. Grade 8 is what most people read "
            "with ease: shorter sentences and everyday words help.",
        )
