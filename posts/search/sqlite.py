"""The index in SQLite: FTS5 over words that are stemmed already."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from .phrases import Part, Phrase
from .query import BEGINNING_WORDS, FIELD_GAP_WORDS, MAX_RANKED_WORDS, Query
from .stemming import MAX_TOKEN_LENGTH

# "ascii" takes every other character for a letter: the stems pass through unchanged.
CREATE = [
    "CREATE VIRTUAL TABLE posts_search "
    "USING fts5(title, summary, body, extra, tokenize='ascii')"
]
DROP = ["DROP TABLE posts_search"]
# FTS5 would delete row by row, looking up every word.
CLEAR = DROP + CREATE
MATCHING = "SELECT rowid FROM posts_search WHERE posts_search MATCH %s"
# Counted as PostgreSQL counts: what is apart there has as many words between it here.
_APART = f"' {'# ' * FIELD_GAP_WORDS}'"
WORDS = (
    f"SELECT rowid, title || {_APART} || summary || {_APART} || "  # noqa: S608 - our own words
    f"substr(body, 1, {BEGINNING_WORDS * (MAX_TOKEN_LENGTH + 1)}) FROM posts_search "
    "WHERE rowid"
)
# "+": looked up in the list; without it the query would be run for each.
AMONG = (
    f"{MATCHING} AND +rowid IN (SELECT id FROM among) AND rowid BETWEEN "  # noqa: S608 - our own words
    "(SELECT min(id) FROM among) AND (SELECT max(id) FROM among)"
)
NEWEST = "SELECT edition_id FROM found WHERE {} ORDER BY edition_id DESC LIMIT %s"
# SQL and its parameters.
SQL = tuple[str, Sequence[Any]]
DELETE = "DELETE FROM posts_search WHERE rowid IN"
INSERT = "INSERT INTO posts_search (rowid, title, summary, body, extra) VALUES "


def document(pk: int, parts: list[list[str]]) -> list[str]:
    """The values of a row: the stems of each part."""
    return [" ".join(part) for part in parts]


def expression(query: Query, most: int | None = None) -> str:
    """The query in FTS5's language. Every stem is quoted, so that none is taken for an
    operator. most: how many of the typed parts; then no synonyms and no exclusions."""

    def quoted(phrase: Phrase) -> str:
        # The words of "extra" have no order.
        within = "{title summary body} : " if len(phrase) > 1 else ""
        return f'{within}"{" ".join(phrase)}"'

    def alternatives(part: Part) -> str:
        return "(" + " OR ".join(map(quoted, part)) + ")"

    parts = query.wanted if most is None else query.typed[:most]
    text = " AND ".join(map(alternatives, parts))
    # Nested: each looks only at what the one before it has left.
    for part in query.unwanted if most is None else ():
        text = f"({text}) NOT {alternatives(part)}"
    return f"({text})"


def newest(
    query: Query, live: SQL, among: SQL | None, wanted: int
) -> tuple[list[int], bool]:
    """Ids of the newest that match, newest first, at most `wanted`, and whether these
    are all. live: a condition on `found.edition_id`; among: the only ids that count, or
    None for any. FTS5 walks from the newest by itself.
    """
    found = f"found (edition_id) AS ({MATCHING})"
    params: list[Any] = [expression(query)]
    if among:
        found = f"among (id) AS ({among[0]}), found (edition_id) AS ({AMONG})"
        params = [*among[1], *params]
    with connection.cursor() as cursor:
        sql = f"WITH {found} {NEWEST.format(live[0])}"
        cursor.execute(sql, [*params, *live[1], wanted])
        ids = [row[0] for row in cursor.fetchall()]
    return ids, len(ids) < wanted


def holding(query: Query, ids: list[int]) -> SQL:
    # The range is read once, in order; a list would run the query for each.
    sql = f"{MATCHING} AND rowid BETWEEN %s AND %s"
    return sql, [expression(query), min(ids), max(ids)]


def words_of(ids: list[int]) -> SQL:
    marks = ", ".join(["%s"] * len(ids))
    return f"{WORDS} IN ({marks})", ids


def ranking(query: Query, ids: list[int]) -> SQL:
    # bm25() is negative, the best lowest. "+": of all that have these words, those with
    # the other words too are looked up in the list.
    sql = (
        "SELECT rowid, -bm25(posts_search, 10, 4, 1, 1) FROM posts_search "
        "WHERE posts_search MATCH %s AND rowid BETWEEN %s AND %s "
        "AND +rowid IN (SELECT value FROM json_each(%s))"
    )
    words = expression(query, most=MAX_RANKED_WORDS)
    return sql, [words, min(ids), max(ids), json.dumps(ids)]
