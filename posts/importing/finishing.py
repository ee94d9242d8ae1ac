"""Turns what any parser found into an Article. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from typing import TypeVar
from urllib.parse import unquote, urljoin, urlsplit

from django.utils.text import slugify

from lawblog.html.characters import printable
from lawblog.html.left_out import shortened

from . import summaries
from .article import Article, CannotRead, Finding, Found
from .body import Body, build
from .gallery import in_words
from .language import language_of

MAX_KEY_LENGTH = 200  # Post.imported_from
MAX_TITLE_LENGTH = 200  # Post.title
MAX_SUMMARY_LENGTH = 300  # Post.summary
NO_DESCRIPTION = "A picture has no description."
Value = TypeVar("Value")


def finish(found: Found) -> Article:
    """The Article; raises CannotRead if there is nothing to read."""
    body = _read_body(found)
    language, doubt = language_of(found.language, f"{found.title}\n{body.text}")
    about_language = [Finding(doubt)] if doubt else []
    summary, is_suggested = _summary(found.summary, body.opening)
    missing = _what_is_missing(found, body, summary if is_suggested else "")
    return Article(
        key=_key(found, body.text),
        title=found.title,
        body=body.html,
        published=found.published,
        language=language,
        author=one_line(found.author),
        topics=_unique(map(one_line, found.topics)),
        slug=slug_of(found),
        old_addresses=_unique(map(printable, found.old_addresses)),
        summary=summary,
        summary_is_suggested=is_suggested,
        pictures=body.pictures,
        links=body.links,
        findings=_unique([*found.findings, *body.findings, *about_language, *missing]),
        older_keys=tuple(key[:MAX_KEY_LENGTH] for key in found.older_keys),
        own=found.own,
    )


def _read_body(found: Found) -> Body:
    """The body; title and base of what was found are put right on the way."""
    found.title = one_line(found.title)
    if len(found.title) > MAX_TITLE_LENGTH:
        found.say("The title was too long, and its end was cut off.", found.title)
        found.title = shortened(found.title, MAX_TITLE_LENGTH)
    found.base = urljoin(found.site, found.base) if found.site else found.base
    body = build(found)
    if not body.text and not body.pictures:
        raise CannotRead("It holds no text.")
    if not found.title:
        found.title = _first_words(body.opening or body.text)
        found.say("It had no title: these are its first words.")
    return body


def _unique(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _what_is_missing(found: Found, body: Body, suggested: str) -> Iterator[Finding]:
    if suggested:
        sentence = "The summary is the beginning of the article. Is it one?"
        yield Finding(sentence, suggested)
    for picture in body.pictures:
        if not picture.alt.strip():
            yield Finding(NO_DESCRIPTION, in_words(picture))
    if found.published is None:
        yield Finding("The file tells no date. Enter it if you know it.")


def _first_words(text: str) -> str:
    first = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
    return shortened(first, 80) or "Without a title"


def one_line(text: str) -> str:
    """A title or name: references resolved (some exports write them twice), spaces
    tidied, no character that a page cannot hold, no markup."""
    text = unescape(unescape(text)) if "&" in text else text
    return " ".join(printable(text).replace("\u200b", "").split())


def slug_of(found: Found) -> str:
    """The end of the old address, if it has one, in the letters of ours."""
    slug = found.slug
    if not slug and found.old_addresses:
        path = ""
        with suppress(ValueError):  # no address at all, like http://[
            path = urlsplit(found.old_addresses[0]).path.rstrip("/")
        slug = path.rpartition("/")[2].removesuffix(".html").removesuffix(".htm")
    return slugify(unquote(slug.strip("/").rpartition("/")[2]))


def _key(found: Found, text: str) -> str:
    if found.source:
        key = printable(found.source)
        if len(key) <= MAX_KEY_LENGTH:
            return key
        digest = hashlib.sha256(key.encode()).hexdigest()[:32]
        return f"{key[: MAX_KEY_LENGTH - 33]}:{digest}"
    words = f"{found.title}\n{found.published}\n{text}"
    return f"text:{hashlib.sha256(words.encode(errors='replace')).hexdigest()}"


def _summary(excerpt: str, text: str) -> tuple[str, bool]:
    """(summary, whether it is only suggested)."""
    excerpt = one_line(excerpt)
    if excerpt and len(excerpt) <= MAX_SUMMARY_LENGTH:
        return excerpt, False
    if excerpt:
        return summaries.suggest(excerpt) or shortened(
            excerpt, MAX_SUMMARY_LENGTH
        ), True
    suggested = summaries.suggest(text)
    return suggested, bool(suggested)
