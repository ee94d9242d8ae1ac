"""The guards in SQLite. Columns and keys are read from the tables, so that a new column
is frozen without a change here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from .guards import CHAIN, KEPT, NEEDS_A_LINE, PREFIX, Guard, named, text
from .models import NONE_BEFORE, Entry
from .subjects import Subject, column_of

LEDGER = Entry._meta.db_table
_QUOTED = re.compile(r'"(\w+)"')


@dataclass(frozen=True)
class Key:
    """What is unique (columns or expressions, as SQL) in the rows of which `where`
    (SQL, or empty) is true."""

    terms: str
    where: str


def of_ledger(connection: BaseDatabaseWrapper) -> list[Guard]:
    newest = f'FROM "{LEDGER}" ORDER BY "seq" DESC LIMIT 1'  # noqa: S608 - our table
    follows = (
        f'NEW."seq" IS NOT COALESCE((SELECT "seq" {newest}), 0) + 1',
        f'NEW."prev" IS NOT COALESCE((SELECT "hash" {newest}), \'{NONE_BEFORE}\')',
    )
    return [
        _guard(LEDGER, "insert", " OR ".join(follows), CHAIN),
        *_keeping(connection, LEDGER, frozenset(), "1"),
    ]


def of_subject(connection: BaseDatabaseWrapper, subject: Subject) -> list[Guard]:
    table, erasable = subject.table, subject.erasable
    movable = frozenset(subject.movable)
    deletes = f'NOT OLD."{erasable}"' if erasable else "1"
    guards = _keeping(connection, table, movable, deletes)
    if subject.ends:
        wrong = _end_without_line(subject, subject.ends)
        guards.append(_guard(table, "end", wrong, NEEDS_A_LINE))
    return guards


def _keeping(
    connection: BaseDatabaseWrapper, table: str, movable: frozenset[str], deletes: str
) -> list[Guard]:
    columns = [name for name in _columns(connection, table) if name not in movable]
    changed = [f'OLD."{name}" IS NOT NEW."{name}"' for name in columns]
    # INSERT OR REPLACE and UPDATE OR REPLACE delete the row in their way, without
    # asking a trigger of deletion (recursive_triggers is off by default).
    taken = [_taken(table, key) for key in _keys(connection, table)]
    others = [f"{condition} AND rowid <> OLD.rowid)" for condition in taken]
    return [
        _guard(table, "update", " OR ".join([*changed, *others]), KEPT),
        _guard(table, "delete", deletes, KEPT),
        _guard(table, "replace", " OR ".join(f"{one})" for one in taken), KEPT),
    ]


_EVENTS = {
    "insert": "INSERT",
    "replace": "INSERT",
    "update": "UPDATE",
    "end": "UPDATE",
    "delete": "DELETE",
}


def _guard(table: str, what: str, when: str, sentence: str) -> Guard:
    name = named(table, what)
    create = (
        f'CREATE TRIGGER "{name}" BEFORE {_EVENTS[what]} ON "{table}" FOR EACH ROW '
        f"WHEN {when} BEGIN SELECT RAISE(ABORT, {text(sentence, table=table)}); END"
    )
    return Guard(name, table, create)


def _taken(table: str, key: Key) -> str:
    """The condition, but for its last bracket, that a row with this key is there."""
    same = f"({key.terms}) = ({_of_new(key.terms)})"
    there = f'EXISTS (SELECT 1 FROM "{table}" WHERE {same}'  # noqa: S608 - as above
    if key.where:
        there = f"({_of_new(key.where)}) AND {there} AND ({key.where})"
    return there


def _of_new(terms: str) -> str:
    return _QUOTED.sub(r'NEW."\1"', terms)


def _end_without_line(subject: Subject, ends: str) -> str:
    column = column_of(subject.model, ends)
    newest = (
        f'SELECT "ends" FROM "{LEDGER}" WHERE "subject" = \'{subject.label}\''  # noqa: S608
        ' AND "subject_id" = NEW."id" ORDER BY "seq" DESC LIMIT 1'
    )
    said = f'SELECT 1 FROM ({newest}) WHERE "ends" IS NEW."{column}"'  # noqa: S608
    return f'OLD."{column}" IS NOT NEW."{column}" AND NOT EXISTS ({said})'


def _columns(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'PRAGMA table_info("{table}")')
        return [name for _, name, *_ in cursor.fetchall()]


def _keys(connection: BaseDatabaseWrapper, table: str) -> list[Key]:
    """The primary key, which is the row's number, and every unique index."""
    with connection.cursor() as cursor:
        cursor.execute(f'PRAGMA table_info("{table}")')
        keys = [Key(_listed(row[1] for row in cursor.fetchall() if row[5]), "")]
        cursor.execute(
            "SELECT l.name, m.sql FROM pragma_index_list(%s) l "
            "JOIN sqlite_master m ON m.name = l.name "
            "WHERE l.\"unique\" AND l.origin <> 'pk' ORDER BY l.name",
            [table],
        )
        for name, sql in cursor.fetchall():
            cursor.execute(f'PRAGMA index_info("{name}")')
            columns = _listed(column for _, _, column in cursor.fetchall())
            keys.append(_key(sql) if sql else Key(columns, ""))
    return keys


def _key(create: str) -> Key:
    """Of the statement that made an index: one on LOWER("slug") has no column."""
    index, _, where = create.partition(" WHERE ")
    return Key(index[index.index("(") + 1 : index.rindex(")")], where)


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def in_force(connection: BaseDatabaseWrapper) -> list[Guard]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master "
            "WHERE type = 'trigger' AND name LIKE %s",
            [f"{PREFIX}%"],
        )
        return [Guard(*row) for row in cursor.fetchall()]


def dropping(connection: BaseDatabaseWrapper) -> list[str]:
    return [f'DROP TRIGGER "{guard.name}"' for guard in in_force(connection)]


def creating(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> list[str]:
    return [guard.definition for guard in guards]
