"""Reads values from other programs' JSON, where each may be of any type. Pure."""

from datetime import date, datetime, timezone
from typing import Any

from ..dates import moment_of

Row = dict[str, Any]


def string(row: Row, name: str) -> str:
    """A text of the row; "" where it has none of that name."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def moment(row: Row, name: str) -> datetime | date | None:
    """A date of the row, also where it counts milliseconds since 1970, as old exports
    do; None where it has none."""
    value = row.get(name)
    if isinstance(value, int) and 10**11 < value < 10**13:
        return datetime.fromtimestamp(value / 1000, timezone.utc)
    return moment_of(string(row, name))
