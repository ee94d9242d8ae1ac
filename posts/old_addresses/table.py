"""Reads a table of redirects from a file: old, new, code. Shows what each line would do
before anything is saved."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction

from lawblog.records.ledger import lock
from posts.importing.article import CannotRead
from posts.importing.encodings import decode
from posts.models import OldAddress

from .saving import Refused, Target, checked, save_all, target_of
from .spelling import NoAddress, as_kept, key_of
from .whole_table import WholeTable

MAX_BYTES, MAX_ROWS = 2 * 1024 * 1024, 5000
MOVED, GONE = {"", "301", "302", "307", "308"}, {"404", "410"}
NEW, CHANGED, KNOWN, REFUSED = "new", "changed", "already so", "refused"


@dataclass(frozen=True)
class Line:
    """number: in the file, from 1. state: NEW, CHANGED, KNOWN or REFUSED; says: what
    becomes of it, or why it is refused."""

    number: int
    address: str
    state: str
    says: str
    row: OldAddress | None = None


def text_of(data: bytes) -> str:
    """Raises CannotRead for what is too large or no text."""
    if len(data) > MAX_BYTES:
        raise CannotRead(f"It is larger than {MAX_BYTES // 2**20} MB. Split it.")
    return decode(data)


def read(text: str) -> list[Line]:
    """What each line of a table is and would do. Raises CannotRead. Saves nothing."""
    cells = list(_cells(text))
    if not cells:
        raise CannotRead(
            "It holds no addresses. A line is the old address, a comma, and the page "
            "that it leads to; or two commas and 410 for what is gone."
        )
    if len(cells) > MAX_ROWS:
        raise CannotRead(f"It has more than {MAX_ROWS:,} lines. Split it.")
    table = WholeTable()
    lines = [_line(number, line, table) for number, line in cells]
    # What leads to a line that is refused leads nowhere, too.
    while (after := [_checked(line, table) for line in lines]) != lines:
        for before, line in zip(lines, after, strict=True):
            if before.row and not line.row:
                table.take_out(before.row)
        lines = after
    return lines


@transaction.atomic
def save(text: str) -> int:
    """Does what the lines of a table say; how many rows were made or changed. Raises
    CannotRead."""
    # Nobody closes a circle between the look and the save.
    lock()
    lines = read(text)
    rows = [line.row for line in lines if line.row and line.state in (NEW, CHANGED)]
    save_all(rows)
    return len(rows)


def in_words(row: OldAddress) -> str:
    """Where a row leads."""
    if row.gone:
        return "gone for good"
    return f"the article “{row.post}”" if row.post else row.target


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of the lines that say something, without one of headings."""
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for number, row in enumerate(reader, start=1):
            cells = [cell.strip() for cell in row]
            if any(cells) and (number > 1 or _has_address(cells)):
                yield number, cells
    except csv.Error:
        raise CannotRead("The table is broken. Export it again as CSV.") from None


def _has_address(cells: list[str]) -> bool:
    return any(cell.startswith(("/", "?", "http:", "https:")) for cell in cells)


def _line(number: int, cells: list[str], table: WholeTable) -> Line:
    old, new, code = [*cells, "", "", ""][:3]
    try:
        address, place = as_kept(old), _place(new, code)
        if address in table.in_file:
            raise Refused("It stands in the table twice.")
    except (Refused, NoAddress) as error:
        return Line(number, old, REFUSED, str(error))
    table.in_file.add(address)
    row = table.by_address.get(address)
    state = NEW if row is None else CHANGED
    if row and Target(row.post, row.target, row.gone) == place:
        state = KNOWN
    row = row or OldAddress(address=address, key=key_of(address))
    row.post, row.target, row.gone = place.post, place.target, place.gone
    row.source = "table"
    table.put(row)
    says = "gone for good" if row.gone else f"leads to {in_words(row)}"
    return Line(number, address, state, says, row)


def _place(new: str, code: str) -> Target:
    if code not in MOVED | GONE:
        raise Refused(f"The code {code} is neither 301 nor 410.")
    if code in GONE:
        if new:
            raise Refused("It is gone by its code, and leads to a page. Take one out.")
        return Target(gone=True)
    if not new:
        raise Refused(
            "It does not say where it leads. The code 410 is for what is gone."
        )
    return target_of(new)


def _checked(line: Line, table: WholeTable) -> Line:
    if line.row is None:
        return line
    try:
        checked(line.row, table.find)
    except Refused as error:
        return replace(line, state=REFUSED, says=str(error), row=None)
    return line
