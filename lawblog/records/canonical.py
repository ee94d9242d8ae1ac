"""The bytes that are hashed: JSON that can be written in one way only."""

import json
from datetime import date, datetime, time, timezone
from typing import Any

# Whatever a line may hold: str, int, bool, None, and lists and dicts of them.
Plain = Any
Facts = dict[str, Plain]

# Of a value, fit or not, the text by which two are compared.
as_json = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=repr
).encode


class UnfitFacts(ValueError):
    """Facts that cannot be written in one way only; says which, in a sentence."""


def canonical(facts: Facts) -> str:
    """The facts as JSON: keys sorted, no spaces, all but quotes and controls as is.

    >>> canonical({"name": "Núñez", "id": 1})
    '{"id":1,"name":"Núñez"}'

    The same as RFC 8785 for what is allowed here: keys in ASCII, no fractions. Raises
    UnfitFacts for anything else, so that no line rests on how a value happens to print.
    """
    refuse_unfit(facts, "the facts")
    text = as_json(facts)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise UnfitFacts("A text holds half of a character.") from None
    return text


def refuse_unfit(value: Plain, where: str) -> None:
    """UnfitFacts unless the value is plain; `where` is said in the sentence."""
    if value is None or type(value) in (str, int, bool):
        return
    if type(value) is list:
        for item in value:
            refuse_unfit(item, where)
    elif type(value) is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise UnfitFacts(f"{key!r} in {where} is not a name in plain letters.")
            refuse_unfit(item, key)
    else:
        raise UnfitFacts(f"A {type(value).__name__} ({where}) has no place in a line.")


def moment(value: datetime | None) -> str | None:
    """An aware moment as text in UTC, with six digits: 2026-11-02T14:05:00.000000Z."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise UnfitFacts("A moment without a time zone has no place in a line.")
    utc = value.astimezone(timezone.utc)
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def parsed(text: str | None) -> datetime | None:
    """The aware moment that moment() wrote; ValueError for any other text."""
    if text is None:
        return None
    if not text.endswith("Z"):
        raise ValueError(f"{text!r} is not a moment of the record.")
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=timezone.utc)


def plain(value: object) -> Plain:
    """A field's value as a line tells it: moments, days and times as text."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
