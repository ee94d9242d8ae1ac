"""Which rows a statement can change, where its text leaves no doubt."""

import re
from typing import Any

from .subjects import Subject

# As Django writes save(), update() and delete() of rows that it has the numbers of.
_BY_NUMBER = re.compile(
    r'(?:UPDATE "(?P<updated>\w+)" SET (?P<set>(?:"\w+" = (?:%s|NULL)(?:, )?)+)'
    r'|DELETE FROM "(?P<emptied>\w+)")'
    r' WHERE "(?P<table>\w+)"\."(?P<column>\w+)" (?:= %s|IN \(%s(?:, %s)*\))'
)
# create() and bulk_create(): no ON CONFLICT, no OR REPLACE.
_ADDS = re.compile(
    r'INSERT INTO "(\w+)" \("\w+"(?:, "\w+")*\) VALUES [%s(), ]+?'
    r'(?: RETURNING "\w+"\."\w+")?'
)


def numbers(subject: Subject, sql: str, params: Any, many: bool) -> list[int] | None:
    """Of the rows that were there, the numbers of those that the statement can change:
    [] if it adds rows and changes none, None if it may be any."""
    if (adds := _ADDS.fullmatch(sql)) and adds[1] == subject.table:
        return []
    found = _BY_NUMBER.fullmatch(sql)
    if not found or many:
        return None
    place = subject.table, subject.model._meta.pk.column
    columns = found["set"] or ""
    named = found["updated"] or found["emptied"], found["table"], found["column"]
    if named != (subject.table, *place) or f'"{place[1]}" =' in columns:
        return None
    given = list(params or ())[columns.count("%s") :]
    return given if all(isinstance(number, int) for number in given) else None
