"""What every parser found becomes an Article in the same way. Pure."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.utils.text import slugify

from lawblog.html.characters import printable
from lawblog.html.leftout import shortened

from . import languages, summaries
from .article import Article, CannotRead, Finding, Found
from .body import build
from .pictures import in_words

KEY_LENGTH = 200  # Post.imported_from
SUMMARY_LENGTH = 300  # Post.summary
NO_DESCRIPTION = "A picture has no description."


def finish(found: Found) -> Article:
    """The Article; raises CannotRead if there is no title or nothing to read."""
    found.title = one_line(found.title)
    found.base = urljoin(found.site, found.base) if found.site else found.base
    body = build(found)
    if not body.text and not body.pictures:
        raise CannotRead("It holds no text.")
    if not found.title:
        found.title = _first_words(body.opening or body.text)
        found.say("It had no title: these are its first words.")
    language, about_language = _language(found, body.text)
    summary, is_suggested = _summary(found.summary, body.opening)
    findings = [*found.findings, *body.findings, *about_language]
    if is_suggested:
        findings.append(
            Finding("The summary is the beginning of the article. Is it one?", summary)
        )
    findings += [
        Finding(NO_DESCRIPTION, in_words(picture))
        for picture in body.pictures
        if not picture.alt.strip()
    ]
    if found.published is None:
        findings.append(Finding("The file tells no date. Enter it if you know it."))
    return Article(
        key=_key(found, body.text),
        title=found.title,
        body=body.html,
        published=found.published,
        language=language,
        author=one_line(found.author),
        topics=tuple(dict.fromkeys(filter(None, map(one_line, found.topics)))),
        slug=slug_of(found),
        old_addresses=tuple(dict.fromkeys(filter(None, found.old_addresses))),
        summary=summary,
        summary_is_suggested=is_suggested,
        pictures=body.pictures,
        links=body.links,
        findings=tuple(dict.fromkeys(findings)),
        older_keys=tuple(key[:KEY_LENGTH] for key in found.older_keys),
    )


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
        path = urlsplit(found.old_addresses[0]).path.rstrip("/")
        slug = path.rpartition("/")[2].removesuffix(".html").removesuffix(".htm")
    return slugify(unquote(slug.strip("/").rpartition("/")[2]))


def _key(found: Found, text: str) -> str:
    if found.source:
        key = printable(found.source)
        if len(key) <= KEY_LENGTH:
            return key
        digest = hashlib.sha256(key.encode()).hexdigest()[:32]
        return f"{key[: KEY_LENGTH - 33]}:{digest}"
    words = f"{found.title}\n{found.published}\n{text}"
    return f"text:{hashlib.sha256(words.encode(errors='replace')).hexdigest()}"


def _language(found: Found, text: str) -> tuple[str, list[Finding]]:
    """The language of this site in which the article is, and what is doubtful of it.
    Words tell English and Spanish; a file may be declared to be in any other."""
    ours = dict(settings.LANGUAGES)
    declared = found.language[:2].lower()
    declared = declared if declared in ours else ""
    if declared and declared not in languages.KNOWN:
        return declared, []
    read = languages.guess(f"{found.title}\n{text}")
    if read in ours:
        if declared and declared != read:
            said, is_in = (languages.KNOWN[code] for code in (declared, read))
            sentence = f"The file says that it is in {said}; its words are {is_in}."
            return read, [Finding(sentence)]
        return read, []
    first = settings.LANGUAGE_CODE
    if read or languages.is_neither(text):
        names = [languages.KNOWN.get(code, name) for code, name in ours.items()]
        sentence = f"The text seems to be in none of this site’s languages ({', '.join(names)})."
        if names == ["English", "Spanish"]:
            sentence = "The text seems to be neither English nor Spanish."
        return declared or first, [Finding(sentence)]
    if declared:
        return declared, []
    name = languages.KNOWN.get(first, ours[first])
    sentence = f"The text is too short to tell its language. Is it {name}?"
    return first, [Finding(sentence)]


def _summary(excerpt: str, text: str) -> tuple[str, bool]:
    """(summary, whether it is only suggested)."""
    excerpt = one_line(excerpt)
    if excerpt and len(excerpt) <= SUMMARY_LENGTH:
        return excerpt, False
    if excerpt:
        return summaries.suggest(excerpt) or shortened(excerpt, SUMMARY_LENGTH), True
    suggested = summaries.suggest(text)
    return suggested, bool(suggested)
