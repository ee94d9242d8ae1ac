"""The blog of a Wix site as its CMS exports it: a CSV table with a column of Ricos."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import escape

from ..article import CannotRead, Found, Refusal
from ..dates import moment_of
from ..upload import Format, Part, Upload
from .ricos import to_html

_MAX_CELL_LENGTH = 20_000_000  # characters; the library's own limit is 131,072
Row = dict[str, str]


def read(upload: Upload) -> Iterator[Part]:
    rows = list(rows_of(upload.text))
    if not rows:
        raise CannotRead("The table holds no articles.")
    for number, row in enumerate(rows, start=2):
        yield _post(row, number)


def rows_of(text: str) -> Iterator[Row]:
    """The rows of a CSV file, by column names in small letters; raises CannotRead.
    The sign between two cells is the one that the first line has most of."""
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_MAX_CELL_LENGTH)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield dict(zip(names, cells, strict=False))
    except csv.Error:
        raise CannotRead("The table is broken. Export it again as CSV.") from None


def _post(row: Row, number: int) -> Found | Refusal:
    title = _cell(row, "title")
    place = title or f"row {number}"
    own = _cell(row, "internal id") or _cell(row, "id")
    page = _cell(row, "post page url")
    found = Found(
        title=title,
        html="",
        source=f"wix:{own}" if own else f"url:{page}" if page else "",
        published=moment_of(_cell(row, "published date")),
        author=_cell(row, "author"),
        topics=_topics(row),
        slug=_cell(row, "slug"),
        old_addresses=_addresses(row, page),
        summary=_cell(row, "excerpt"),
        cover=_cell(row, "cover image"),
    )
    rich, plain = _cell(row, "rich content"), _cell(row, "plain content")
    found.html = _body(rich, plain, found)
    if not found.html:
        return Refusal("It holds no text.", place)
    if found.published is None:
        found.say("On the old site it was a draft, or its date is not in the table.")
    return found


def _body(rich: str, plain: str, found: Found) -> str:
    try:
        document = json.loads(rich) if rich else None
        if isinstance(document, dict) and isinstance(document.get("nodes"), list):
            return to_html(document["nodes"], found.say)
    except (ValueError, RecursionError):
        pass
    if rich.startswith("<"):
        return rich  # a “rich text” of Wix's own tables
    if rich:
        found.say(
            "Its rich text cannot be read. These are its words alone, without links, "
            "pictures and headings."
        )
    parts = re.split(r"\n\s*\n|\r\n\r\n", plain)
    lines = [escape(" ".join(part.split())) for part in parts if part.strip()]
    return "".join(f"<p>{line}</p>" for line in lines)


def _topics(row: Row) -> list[str]:
    """Names of categories and tags; Wix may write the tags' numbers instead."""
    found: list[str] = []
    for name in ("main category", "categories", "tags"):
        cell = _cell(row, name)
        try:
            said = json.loads(cell) if cell[:1] in "[{" and cell else cell.split(",")
        except (ValueError, RecursionError):
            said = []
        names = said if isinstance(said, list) else []
        found += [n.strip() for n in names if isinstance(n, str)]
    return [n for n in found if n and not re.fullmatch(r"[\da-f-]{20,}|tag-id", n)]


def _addresses(row: Row, page: str) -> list[str]:
    slug, day = _cell(row, "slug"), _cell(row, "published date")[:10]
    found = [page] if page else [f"/post/{slug}"] if slug else []
    if slug and re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        # The old Wix blog had the date in its addresses.
        found.append(f"/single-post/{day.replace('-', '/')}/{slug}")
    return found


def _cell(row: Row, name: str) -> str:
    return (row.get(name) or "").strip()


def is_wix(upload: Upload) -> bool:
    first = upload.head.partition("\n")[0]
    return (
        "rich content" in first and "title" in first and any(s in first for s in ",;\t")
    )


FORMAT = Format("the blog of a Wix site (CSV)", is_wix, read)
