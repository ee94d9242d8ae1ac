"""Values of somebody else’s JSON, which may be of any kind. Pure."""

from typing import Any

Row = dict[str, Any]


def string(row: Row, name: str) -> str:
    """A text of the row; "" where it has none of that name."""
    value = row.get(name)
    return value if isinstance(value, str) else ""
