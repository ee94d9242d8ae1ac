"""Reads names.json of our own export: topics, series, explained words. Pure."""

from collections.abc import Iterator
from typing import Any

from lawblog.html.characters import printable

from ..names_file import FORMAT as OURS
from ..names_file import ExportedGroup, ExportedNames, ExportedTerm, Texts
from ..upload import Format, Part, Upload
from .json_rows import Row, string


def is_names_file(upload: Upload) -> bool:
    said = upload.json
    return isinstance(said, dict) and said.get("format") == OURS


def read(upload: Upload) -> Iterator[Part]:
    said: Row = upload.json
    yield ExportedNames(
        tuple(map(_described, _rows(said, "topics"))),
        tuple(map(_described, _rows(said, "series"))),
        tuple(map(_word, _rows(said, "words"))),
    )


def _rows(said: Row, name: str) -> list[Row]:
    rows = said.get(name)
    return [r for r in rows if isinstance(r, dict)] if isinstance(rows, list) else []


def _described(row: Row) -> ExportedGroup:
    return ExportedGroup(
        _text(row, "name"),
        _text(row, "address"),
        _text(row, "description"),
        _texts(row.get("in_other_languages")),
    )


def _word(row: Row) -> ExportedTerm:
    names = ("word", "forms", "language", "explanation", "article")
    return ExportedTerm(*(_text(row, name) for name in names))


def _texts(said: Any) -> Texts:
    found = said if isinstance(said, dict) else {}
    return {
        code: {name: _text(texts, name) for name in texts}
        for code, texts in found.items()
        if isinstance(texts, dict)
    }


def _text(row: Row, name: str) -> str:
    return printable(string(row, name)).strip()


FORMAT = Format("the names of our own export", is_names_file, read)
