"""After a restore a new row gets a number that no row had before: kept versions, the
desk's log and the record speak of rows by their numbers, those that are gone included.
"""

from django.apps.registry import Apps
from django.db import connection
from django.db.models import AutoField, BigIntegerField, Max
from django.db.models.functions import Cast

from .tables import Table, name_of

# Whatever else a log holds in the place of a number.
NUMBER = r"^[0-9]{1,18}$"


def reset_sequences(tables: list[Table], registry: Apps) -> None:
    """Behind the highest number that is told, and never back: a sequence is not undone
    with its transaction, and of a restore that failed none may give a number that is
    taken. registry: models as the database has them."""
    told = _told(registry)
    set_one = _postgresql if connection.vendor == "postgresql" else _sqlite
    for table in tables:
        if isinstance(table._meta.pk, AutoField):
            set_one(table, told.get(table._meta.label_lower, 0))


def _told(registry: Apps) -> dict[str, int]:
    """{label of a table: the highest number that other tables tell of it}"""
    found: dict[str, int] = {}
    lines = registry.get_model("lawblog", "Entry")._base_manager.exclude(subject="")
    highest = list(lines.values_list("subject").annotate(Max("subject_id")).order_by())
    for name in (("reversion", "Version"), ("admin", "LogEntry")):
        rows = registry.get_model(*name)._base_manager.filter(object_id__regex=NUMBER)
        most = Max(Cast("object_id", BigIntegerField()))
        of = "content_type__app_label", "content_type__model"
        for app, model, number in rows.values_list(*of).annotate(most=most).order_by():
            highest.append((f"{app}.{model}", number))
    for label, number in highest:
        found[label] = max(found.get(label, 0), number or 0)
    return found


def _postgresql(table: Table, told: int) -> None:
    quote, column = connection.ops.quote_name, name_of(table._meta.pk)
    name = quote(table._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(own, GREATEST(last, nextval(own), %s)) FROM (SELECT "  # noqa: S608
            "pg_get_serial_sequence(%s, %s)::regclass AS own, "
            f"max({quote(column)}) AS last FROM {name}) AS found",
            [told, name, column],
        )


def _sqlite(table: Table, told: int) -> None:
    """Behind the last row it is already."""
    name = table._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sqlite_sequence SET seq = MAX(seq, %s) WHERE name = %s",
            [told, name],
        )
        if told and not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [name, told])
