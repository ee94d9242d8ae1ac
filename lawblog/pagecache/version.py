"""Every write to a table that public pages print moves the site's version, whichever
way it is made: save(), update(), bulk_create(), a many-to-many, a delete, plain SQL."""

import re
from contextlib import nullcontext
from functools import cache

from django.apps import apps
from django.db import transaction

from .invalidation import after_commit

# All of their tables count, the desk's too: a page rendered once too often costs
# milliseconds, and a model to come cannot be forgotten.
PRINTED_APPS = ("offices", "posts")

_WRITE = re.compile(
    r'\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+"?(\w+)',
    re.IGNORECASE,
)
# Databases in which the version's table has been found.
_with_table = set()


@cache
def printed_tables():
    """Names of the tables whose rows public pages print."""
    return {
        model._meta.db_table
        for app in PRINTED_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


def watch(connection, **kwargs):
    """Receiver of connection_created: from now on writes are noticed."""
    if notice not in connection.execute_wrappers:
        connection.execute_wrappers.append(notice)


def notice(execute, sql, params, many, context):
    """A wrapper of each statement; the version moves in the same transaction."""
    if sql.startswith("SELECT") or not writes_printed_table(sql):
        return execute(sql, params, many, context)
    connection = context["connection"]
    # Without a transaction the statement would be committed before the move. Not so
    # on SQLite while it has rows to return: both are committed when they are read,
    # and saved() tells of it then.
    pending = connection.vendor == "sqlite" and " RETURNING " in sql
    alone = not (connection.in_atomic_block or pending)
    with transaction.atomic(connection.alias) if alone else nullcontext():
        result = execute(sql, params, many, context)
        move(connection)
    return result


def writes_printed_table(sql):
    return not printed_tables().isdisjoint(_WRITE.findall(sql))


def saved(sender, using, **kwargs):
    """Receiver of post_save."""
    if sender._meta.db_table in printed_tables():
        after_commit(using)


def move(connection):
    from lawblog.models import SiteVersion

    # A migration may write before the table is there; no page is kept before it.
    if not has_table(connection, SiteVersion._meta.db_table):
        return
    SiteVersion.objects.using(connection.alias).move()
    after_commit(connection.alias)


def has_table(connection, name):
    if connection.alias not in _with_table:
        if name not in connection.introspection.table_names():
            return False
        _with_table.add(connection.alias)
    return True
