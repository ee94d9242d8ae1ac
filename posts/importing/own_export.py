"""What only our own export says of an article (posts/exporting/articles.py). Pure."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .names_file import NAMES_FILE
from .picture import Picture

if TYPE_CHECKING:
    from .article import Found
    from .formats.front_matter import FrontMatter

# A file of this name lies beside the folders of an export.
EXPORT_MARKER = "lawblog.json"
WRITTEN_BY = "lawblog"
FOLDERS = ("articles/", "drafts/")


@dataclass(frozen=True)
class GroupReference:
    """A topic or series, and the end of its page's address."""

    name: str
    address: str


@dataclass(frozen=True)
class OwnFacts:
    """law_as_of: None where it is not a day. translation_of, superseded_by: addresses
    of articles; translations, supersedes: those that say this one there."""

    law_as_of: date | None
    review_by: date | None = None
    kind: str = ""
    topics: tuple[GroupReference, ...] = ()
    series: GroupReference | None = None
    part: int | None = None
    cover: Picture | None = None
    focus: tuple[int | None, int | None] = (None, None)
    translation_of: str = ""
    translations: tuple[str, ...] = ()
    superseded_by: str = ""
    supersedes: tuple[str, ...] = ()


def read(head: FrontMatter, found: Found) -> OwnFacts | None:
    """None for what another program wrote. The cover is then no picture of the text."""
    if head.first("written_by") != WRITTEN_BY:
        return None
    series = head.first("series")
    return OwnFacts(
        law_as_of=_day(head.first("law_as_of")),
        review_by=_day(head.first("review_by")),
        kind=head.first("kind"),
        topics=tuple(
            map(GroupReference, _list(head, "topics"), _list(head, "topic_addresses"))
        ),
        series=GroupReference(series, head.first("series_address")) if series else None,
        part=_number(head.first("part")),
        cover=_cover(head, found),
        focus=_focus(head.first("cover_focus")),
        translation_of=head.first("translation_of"),
        translations=tuple(_list(head, "translations")),
        superseded_by=head.first("superseded_by"),
        supersedes=tuple(_list(head, "supersedes")),
    )


def names_in(names: list[str]) -> list[str]:
    """Of the files of an export, those that are read; any other files as they are."""
    return _within(names, (*FOLDERS, NAMES_FILE))


def needed_of(names: list[str]) -> list[str]:
    """Of an export the pictures, too, and nothing else; any other files as they are."""
    return _within(names, (*FOLDERS, NAMES_FILE, EXPORT_MARKER, "media/"))


def _within(names: list[str], wanted: tuple[str, ...]) -> list[str]:
    marks = sorted(name for name in names if posixpath.basename(name) == EXPORT_MARKER)
    if not marks:
        return names
    root = marks[0].removesuffix(EXPORT_MARKER)
    beginnings = tuple(root + name for name in wanted)
    return [name for name in names if name.startswith(beginnings)]


def _list(head: FrontMatter, name: str) -> list[str]:
    found = head.values.get(name, [])
    return [found] if isinstance(found, str) else found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 4 else None


def _focus(text: str) -> tuple[int | None, int | None]:
    x, _, y = text.partition(" ")
    return _number(x), _number(y)


def _cover(head: FrontMatter, found: Found) -> Picture | None:
    if not (source := head.first("cover")):
        return None
    beside = posixpath.normpath(posixpath.join(found.folder, source))
    data = found.pictures.get(beside)
    return Picture("", "", head.first("cover_alt"), data)
