"""Replacing an SQLite database: a new one is filled beside it, and copied over it in
one transaction. Readers see the old rows, then the new ones, and nobody starts anew;
whoever saves waits, from before the old rows are saved until the new ones are there."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from lawblog.models import SiteVersion
from lawblog.pagecache.invalidation import invalidate

from . import hooks
from .databases import in_place_of_default, sqlite_file
from .loading import insert
from .tables import Table, columns, name_of

SQLITE_OK = 0


def replace(
    folder: Path,
    fill: Callable[[], None],
    save: Callable[[], Path | None],
    proven: Callable[[], None],
) -> Path | None:
    """fill() fills an empty database; save() keeps what is replaced, and its result is
    returned; proven() is called last. folder: where there is room for a second
    database."""
    new = folder / "new.sqlite3"
    with in_place_of_default(sqlite_file(new)):
        call_command("migrate", verbosity=0, interactive=False)
        with transaction.atomic():
            fill()
    saved: list[Path | None] = []

    def once_alone() -> None:
        saved.append(save())
        _carry_over(new)
        proven()

    _copy_over(new, once_alone)
    return saved[0]


def _carry_over(new: Path) -> None:
    """What belongs to this machine, and a version of the site that no page has yet."""
    tables = [apps.get_model(label) for label in sorted(hooks.untouched)]
    there = set(connection.introspection.table_names())
    rows = {t: _rows(t) for t in tables if t._meta.db_table in there}
    with in_place_of_default(sqlite_file(new)), transaction.atomic():
        for table, values in rows.items():
            table._base_manager.all().delete()
            for row in values:
                insert(table, [row])
        SiteVersion.objects.move()


def _rows(table: Table) -> list[list]:
    """As the database has them: both are of one kind."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(name_of(field)) for field in columns(table))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {quote(table._meta.db_table)}")  # noqa: S608
        return list(map(list, cursor.fetchall()))


def _copy_over(new: Path, once_alone: Callable[[], None]) -> None:
    """once_alone() is called when nobody else can write any more, and may still change
    what is copied; if it raises, nothing is."""
    waiting = [once_alone]

    def after_each_step(status: int, remaining: int, total: int) -> None:
        # The first page is copied under the lock that the last one lets go. Whoever
        # holds it before is waited for.
        if waiting and status == SQLITE_OK:
            waiting.pop()()

    # Never a rename: the live file's log would be played back onto the new one.
    live = connection.settings_dict["NAME"]
    with (
        closing(sqlite3.connect(new)) as source,
        closing(sqlite3.connect(live)) as goal,
    ):
        # What is changed in the source meanwhile begins the copy anew.
        source.backup(goal, pages=1, progress=after_each_step)
    invalidate()
