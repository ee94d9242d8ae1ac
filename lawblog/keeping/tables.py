"""Which tables an archive holds, and their rows as text that is the same from any
database.

A table is a text of lines: the names of the columns as a JSON list, then each row as a
JSON list, in the order of the primary key. The same rows give the same bytes from every
database.
"""

import base64
import json
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db.models import Field, Model
from django.utils.duration import duration_iso_string

from . import hooks

Table = type[Model]
# Rows; of articles each may be long.
ROW_BATCH = 200


def carried(registry: Apps = apps) -> dict[str, Table]:
    """{label: model} of the tables that an archive carries, in the order of labels."""
    left_out = hooks.emptied | hooks.untouched
    found = {table._meta.label_lower: table for table in managed(registry)}
    return {label: found[label] for label in sorted(found) if label not in left_out}


def managed(registry: Apps = apps) -> list[Table]:
    """The models that have a table of their own, those of relations included."""
    models = registry.get_models(include_auto_created=True)
    return [m for m in models if m._meta.managed and not m._meta.proxy]


def columns(table: Table) -> list[Field]:
    """The primary key, then the others by name: a model as migrations know it has its
    fields in another order."""
    fields = table._meta.concrete_fields
    return sorted(fields, key=lambda field: (not field.primary_key, field.attname))


def name_of(field: Field) -> str:
    """The name of its column: every concrete field has one."""
    return field.column or field.attname


def lines(table: Table) -> Iterator[bytes]:
    """The table's text, line by line, from the default database."""
    names = [field.attname for field in columns(table)]
    yield encoded(names)
    rows = table._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=ROW_BATCH):
        yield encoded(row)


def encoded(values: object) -> bytes:
    # Keys sorted: PostgreSQL keeps an object's keys in an order of its own.
    text = json.dumps(
        values,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=as_text,
    )
    return text.encode() + b"\n"


def as_text(value: Any) -> str:
    """What JSON has no word for, so that the field's to_python() reads it again."""
    if isinstance(value, datetime):
        utc = value.astimezone(timezone.utc) if value.tzinfo else value
        text = utc.replace(tzinfo=None).isoformat(timespec="microseconds")
        return text + "Z" if value.tzinfo else text
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (Decimal, uuid.UUID)):
        return str(value)
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    raise TypeError(f"A backup has no way to write down a {type(value).__name__}.")


def decoded(field: Field, value: object, connection: Any) -> object:
    """A value of a row as the database takes it.

    Not by get_db_prep_save(), which cleans an article's text: what was approved under a
    fingerprint comes back byte for byte, whatever today's cleaner thinks of it.
    """
    if value is None:
        return None
    return field.get_db_prep_value(field.to_python(value), connection)
