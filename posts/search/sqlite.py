"""The index in SQLite: FTS5 over words that are stemmed already."""

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
DELETE = "DELETE FROM posts_search WHERE rowid IN"
INSERT = "INSERT INTO posts_search (rowid, title, summary, body) VALUES "


def document(parts):
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


def found(query, among):
    """SQL for `found.edition_id` of all that match, open for one more condition, and
    its parameters. among: (SQL, parameters) of the only ids that count, or None."""
    sql, params = MATCHING, [expression(query)]
    if among:
        # "+": looked up in the list; without it the query would be run for each.
        sql, params = f"{sql} AND +rowid IN ({among[0]})", [*params, *among[1]]
    sql = f"WITH found (edition_id) AS ({sql})"
    sql = f"{sql} SELECT edition_id FROM found WHERE TRUE"  # noqa: S608 - our own words
    return sql, params


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
    # bm25() is negative, the best lowest.
    sql = (
        "SELECT rowid, -bm25(posts_search, 10, 4, 1) FROM posts_search "
        "WHERE posts_search MATCH %s AND rowid BETWEEN %s AND %s"
    )
    return sql, [expression(query, most=RANKED), min(ids), max(ids)]
