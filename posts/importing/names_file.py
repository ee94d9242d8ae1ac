"""What our own export says of topics, series and explained words
(posts/exporting/names.py). Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

# The file's name, and what it calls itself.
NAMES_FILE, FORMAT = "names.json", "lawblog names"

# {language: {field: text}}
Texts = dict[str, dict[str, str]]


@dataclass(frozen=True)
class ExportedGroup:
    """A topic or series. address: the end of its page's."""

    name: str
    address: str
    description: str = ""
    in_other_languages: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class ExportedTerm:
    """An explained word. article: the address of the one that says more."""

    word: str
    forms: str
    language: str
    explanation: str
    article: str = ""


@dataclass(frozen=True)
class ExportedNames:
    topics: tuple[ExportedGroup, ...] = ()
    series: tuple[ExportedGroup, ...] = ()
    words: tuple[ExportedTerm, ...] = ()
