"""The results of reading a file: articles, refusals and remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from .names_file import ExportedNames
from .own_export import OwnFacts
from .picture import Picture


class CannotRead(Exception):
    """Carries one plain sentence: what is wrong, and what to do."""


@dataclass(frozen=True)
class Link:
    """A link in the body, as it stands there; words: what readers press."""

    address: str
    words: str


@dataclass(frozen=True)
class Finding:
    """What was left out or looks wrong. place: words beside it, "" for the whole."""

    sentence: str
    place: str = ""


@dataclass(frozen=True)
class Article:
    """One article of the old site, with nothing of it published or fetched.

    key: the source's own id, at most 200 characters, the same however often it is
    read; older_keys: what earlier versions of this program called it.
    published: with a time zone if the source tells one; a datetime without one is the
    wall clock of the old site. body: cleaned HTML. summary_is_suggested: it is the
    article's beginning, not an author's summary. own: what only our export says.
    """

    key: str
    title: str
    body: str
    published: datetime | date | None = None
    language: str = "en"
    author: str = ""
    topics: tuple[str, ...] = ()
    slug: str = ""
    old_addresses: tuple[str, ...] = ()
    summary: str = ""
    summary_is_suggested: bool = False
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    older_keys: tuple[str, ...] = ()
    own: OwnFacts | None = None

    def published_on(self, zone: tzinfo) -> date | None:
        """The day on which readers there saw it first."""
        moment = self.published
        if not isinstance(moment, datetime):
            return moment
        return (moment.astimezone(zone) if moment.tzinfo else moment).date()


@dataclass
class Found:
    """What a parser found, before the pipeline all formats share (finishing.py).

    source: the source's own id, "" if it has none; html: as it came; base: the
    address of the page that relative links start from; site: that of the old site, if
    somebody told it.
    """

    title: str
    html: str
    source: str = ""
    published: datetime | date | None = None
    language: str = ""
    author: str = ""
    topics: list[str] = field(default_factory=list)
    slug: str = ""
    old_addresses: list[str] = field(default_factory=list)
    summary: str = ""
    base: str = ""
    site: str = ""
    cover: str = ""
    cover_alt: str = ""
    # Files that came with it, by name or address, and the folder that it lay in.
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    folder: str = ""
    findings: list[Finding] = field(default_factory=list)
    older_keys: list[str] = field(default_factory=list)
    own: OwnFacts | None = None

    def say(self, sentence: str, place: str = "") -> None:
        self.findings.append(Finding(sentence, place))


@dataclass(frozen=True)
class Refusal:
    """A part of a file that cannot be read. place: which, in words."""

    sentence: str
    place: str = ""


@dataclass(frozen=True)
class Remark:
    """What is to be said of a file as a whole: “12 comments were left out.”"""

    sentence: str


@dataclass(frozen=True)
class Outcome:
    """One thing that a file gave: an article, names, a refusal or a remark.

    place: the file's name, and what within it.
    """

    place: str
    what: Article | ExportedNames | Refusal | Remark
