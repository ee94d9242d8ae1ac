"""The index in SQLite: FTS5 over words that are stemmed already."""

import json
from contextlib import nullcontext

from .query import RANKED

# "ascii" takes every other character for a letter: the stems pass through unchanged.
CREATE = [
    "CREATE VIRTUAL TABLE posts_search "
    "USING fts5(title, summary, body, tokenize='ascii')"
]
DROP = ["DROP TABLE posts_search"]
# FTS5 would delete row by row, looking up every word.
CLEAR = DROP + CREATE
MATCHING = "SELECT rowid FROM posts_search WHERE posts_search MATCH %s"
WORDS = (
    "SELECT rowid, title || ' ' || summary || ' ' || substr(body, 1, 3000) "
    "FROM posts_search WHERE rowid"
)
# "+": looked up in the list; without it the query would be run for each.
AMONG = (
    f"{MATCHING} AND +rowid IN (SELECT id FROM among) AND rowid BETWEEN "  # noqa: S608 - our own words
    "(SELECT min(id) FROM among) AND (SELECT max(id) FROM among)"
)
FOUND = "SELECT edition_id FROM found WHERE TRUE"
DELETE = "DELETE FROM posts_search WHERE rowid IN"
INSERT = "INSERT INTO posts_search (rowid, title, summary, body) VALUES "


def document(pk, parts):
    return [" ".join(part) for part in parts]


def expression(query, most=None):
    """Every stem is quoted, so that none is taken for an operator. most: how many of
    what is wanted; then without what is unwanted."""

    def alternatives(part):
        return "(" + " OR ".join(f'"{" ".join(phrase)}"' for phrase in part) + ")"

    text = " AND ".join(map(alternatives, query.wanted[:most]))
    # One within the other: each looks only at what the one before it has left.
    for part in query.unwanted if most is None else ():
        text = f"({text}) NOT {alternatives(part)}"
    return f"({text})"


def windows(last):
    """All in one: FTS5 walks from the newest by itself."""
    return [None]


def found(query, among, window):
    """SQL for `found.edition_id` of all that match, open for one more condition, and
    its parameters. among: (SQL, parameters) of the only ids that count, or None."""
    if not among:
        return f"WITH found (edition_id) AS ({MATCHING}) {FOUND}", [expression(query)]
    sql = f"WITH among (id) AS ({among[0]}), found (edition_id) AS ({AMONG}) {FOUND}"
    return sql, [*among[1], expression(query)]


# FTS5 always answers by its index.
by_index = nullcontext


def holding(query, ids):
    # The range is read once, in order; a list would run the query for each.
    sql = f"{MATCHING} AND rowid BETWEEN %s AND %s"
    return sql, [expression(query), min(ids), max(ids)]


def words_of(ids):
    marks = ", ".join(["%s"] * len(ids))
    return f"{WORDS} IN ({marks})", ids


def ranking(query, ids):
    # bm25() is negative, the best lowest. "+": of all that have these words, those with
    # the other words too are looked up in the list.
    sql = (
        "SELECT rowid, -bm25(posts_search, 10, 4, 1) FROM posts_search "
        "WHERE posts_search MATCH %s AND rowid BETWEEN %s AND %s "
        "AND +rowid IN (SELECT value FROM json_each(%s))"
    )
    words = expression(query, most=RANKED)
    return sql, [words, min(ids), max(ids), json.dumps(ids)]
