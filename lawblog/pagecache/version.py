"""Every write to a table that public pages print moves the site's version, however it
is made: save(), update(), bulk_create(), a many-to-many, a delete, plain SQL."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from lawblog.database.writes import has_table, tables_written, transaction_with, wrap
from lawblog.models import SiteVersion

from .invalidation import after_commit

_printed_apps: set[str] = set()


def register_printed_app(app: str) -> None:
    """Public pages print the tables of the app with this label.

    All tables of the app count, also those that only the desk shows: rendering a page
    once too often costs milliseconds, and no future model can be forgotten.
    """
    _printed_apps.add(app)
    printed_tables.cache_clear()


def is_printed(app: str) -> bool:
    """Whether public pages print the tables of the app with this label."""
    return app in _printed_apps


@cache
def printed_tables() -> set[str]:
    """The names of the tables whose rows public pages print."""
    return {
        model._meta.db_table
        for app in _printed_apps
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


def watch_writes(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Receiver of connection_created: from now on, writes are noticed."""
    wrap(connection, note_write)


def note_write(
    execute: Callable[..., Any],
    sql: str,
    params: Any,
    many: bool,
    context: dict[str, Any],
) -> Any:
    """A wrapper of each statement. The version moves in the same transaction."""
    if not writes_printed_table(sql):
        return execute(sql, params, many, context)
    connection = context["connection"]
    # Where the statement is committed later, row_saved() tells of it afterwards.
    with transaction_with(connection, sql):
        result = execute(sql, params, many, context)
        move_version(connection)
    return result


def writes_printed_table(sql: str) -> bool:
    """Whether a statement writes to a table that public pages print."""
    return not printed_tables().isdisjoint(tables_written(sql))


def row_saved(sender: type[models.Model], using: str, **kwargs: Any) -> None:
    """Receiver of post_save."""
    if sender._meta.db_table in printed_tables():
        after_commit(using)


def move_version(connection: BaseDatabaseWrapper) -> None:
    """Move the site's version in the transaction that is open."""
    # No page is kept before the table exists.
    if not has_table(connection, SiteVersion._meta.db_table):
        return
    SiteVersion.objects.using(connection.alias).move()
    after_commit(connection.alias)
