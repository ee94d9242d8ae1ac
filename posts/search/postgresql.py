"""The index in PostgreSQL: a tsvector of words that are stemmed already."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from .phrases import Part
from .query import BEGINNING_WORDS, FIELD_GAP_WORDS, MAX_RANKED_WORDS, Query

CREATE = [
    "CREATE TABLE posts_search "
    "(edition_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    # Uncompressed and beside the table: ranking reads a thousand of them.
    "ALTER TABLE posts_search ALTER COLUMN words SET STORAGE EXTERNAL",
    "CREATE INDEX posts_search_words ON posts_search USING gin (words)",
]
DROP = ["DROP TABLE posts_search"]
# Not TRUNCATE, which would keep readers waiting until all is indexed again.
CLEAR = ["DELETE FROM posts_search"]
# Materialised, so that these words alone are unpacked.
HOLDING = (
    "WITH these AS MATERIALIZED (SELECT * FROM posts_search WHERE edition_id = ANY(%s))"
    " SELECT edition_id FROM these WHERE words @@ %s::tsquery"
)
# OFFSET 0 keeps GIN from being taken for a check of single texts.
INDEXED = (
    "SELECT edition_id FROM (SELECT edition_id FROM posts_search "
    "WHERE {} OFFSET 0) indexed WHERE edition_id < %s"
)
LISTED = (
    "SELECT edition_id FROM ({} ORDER BY edition_id DESC) found "
    "WHERE {} ORDER BY edition_id DESC LIMIT %s"
)
# A CTE is read in its order. Last comes how many texts were listed, as a negative.
CHECKED = (
    "WITH found AS MATERIALIZED ({} ORDER BY edition_id DESC LIMIT %s) "
    "(SELECT edition_id FROM found WHERE (SELECT words @@ %s::tsquery FROM "
    "posts_search this WHERE this.edition_id = found.edition_id) AND {} LIMIT %s) "
    "UNION ALL SELECT -count(*) FROM found"
)
# SQL and its parameters.
SQL = tuple[str, Sequence[Any]]
# (tsquery of some blocks or "", id that all are below)
Window = tuple[str, int]
DELETE = "DELETE FROM posts_search WHERE edition_id IN"
INSERT = "INSERT INTO posts_search (edition_id, words) VALUES "
# The last is for what else a text is found by; its words_of() are the others'.
WEIGHTS = "ABDC"


# Articles stand in blocks of so many ids (a power of two), and each has its block's
# number as a word, which is not a stem: GIN then lists what a few blocks hold of a word
# that a million articles have. posts/migrations/0007_search_blocks.py knows it, too.
BLOCK_BITS = 12
WINDOW_BLOCKS = (2, 14)  # blocks in each window, from the newest
# Texts in which a few phrases are looked up, for some 60 ms; of many phrases, as
# synonyms bring them, the fewer. Only words that are in most articles have more of them
# together.
MAX_CHECKED, MAX_PHRASES_CHECKED = 4_000, 12


def document(pk: int, parts: list[list[str]]) -> list[str]:
    """One tsvector literal; the parts are APART, and in the last all are apart, since
    they stand in no order."""
    texts, place = [f"'{block(pk)}'"], 1
    for weight, part in zip(WEIGHTS, parts, strict=True):
        step = 2 if weight == WEIGHTS[-1] else 1
        texts += [f"'{s}':{place + step * n}{weight}" for n, s in enumerate(part)]
        place += step * len(part) + FIELD_GAP_WORDS
    return [" ".join(texts)]


def expression(query: Query, then: str = "<->", most: int | None = None) -> str:
    """A tsquery literal. Stems are letters and digits, so that quoting is safe. then:
    what is between the words of a phrase. most: use only so many of the typed parts, no
    synonyms and no exclusions."""

    def alternatives(part: Part) -> str:
        phrases = (f" {then} ".join(f"'{s}'" for s in phrase) for phrase in part)
        return "(" + " | ".join(f"({phrase})" for phrase in phrases) + ")"

    wanted = query.wanted if most is None else query.typed[:most]
    parts = list(map(alternatives, wanted))
    if most is None:
        parts += (f"!{alternatives(part)}" for part in query.unwanted)
    return " & ".join(parts)


def block(pk: int) -> str:
    return f"#{pk >> BLOCK_BITS}"


def windows(last: int) -> Iterator[Window]:
    """What to ask the index for, one after the other, until there is enough, from the
    newest id on."""
    end = (last >> BLOCK_BITS) + 1
    for width in WINDOW_BLOCKS:
        # Not for what is hardly more than the window.
        if end <= 2 * width:
            break
        blocks = range(end - width, end)
        yield " | ".join(f"'#{number}'" for number in blocks), end << BLOCK_BITS
        end -= width
    yield "", end << BLOCK_BITS


def number_of_phrases(part: Part) -> int:
    return sum(len(phrase) > 1 for phrase in part)


def has_phrase(part: Part) -> bool:
    return number_of_phrases(part) > 0


def keys_of(query: Query) -> list[str]:
    """tsqueries that all must hold, without the order of words. Of one that says it
    all, GIN reads every word's list to its end; between several it skips ahead. What is
    unwanted is in the first, since by itself it would list nearly everything."""
    unwanted = tuple(part for part in query.unwanted if not has_phrase(part))
    first, *more = query.wanted
    parts = [Query((first,), unwanted), *(Query((part,), ()) for part in more)]
    return [expression(part, then="&") for part in parts]


def newest(
    query: Query, live: SQL, among: SQL | None, wanted: int
) -> tuple[list[int], bool]:
    """(ids of what matches, newest first, at most `wanted`; whether these are all).
    live: a condition on `found.edition_id`; among: the only ids that count, if any.
    Phrases, of which GIN knows nothing, are looked up in MAX_CHECKED at most."""
    phrases = sum(map(number_of_phrases, query.wanted + query.unwanted))
    has_phrases = bool(phrases)
    ids: list[int] = []
    left = MAX_CHECKED * MAX_PHRASES_CHECKED // max(MAX_PHRASES_CHECKED, phrases)
    with by_index() as cursor:
        cursor.execute("SELECT max(id) FROM posts_edition")
        for window in windows(cursor.fetchone()[0] or 0):
            sql, params = indexed(query, among, window)
            template, further = LISTED, []
            if has_phrases:
                template, further = CHECKED, [left, expression(query)]
            values = [*params, *further, *live[1], wanted - len(ids)]
            cursor.execute(template.format(sql, live[0]), values)
            rows = [row[0] for row in cursor.fetchall()]
            ids += [row for row in rows if row > 0]
            left += sum(row for row in rows if row < 0)
            if len(ids) == wanted or not left:
                return ids, False
    return ids, True


def indexed(query: Query, among: SQL | None, window: Window) -> SQL:
    """For what the index lists of a window."""
    blocks, below = window
    keys = [*keys_of(query), *filter(None, [blocks])]
    sql = INDEXED.format(" AND ".join(["words @@ %s::tsquery"] * len(keys)))
    if not among:
        return sql, [*keys, below]
    return f"{sql} AND edition_id IN ({among[0]})", [*keys, below, *among[1]]


@contextmanager
def by_index() -> Iterator[CursorWrapper]:
    """The planner takes "@@" to be cheap: for a word that most texts have it would
    unpack them all (500 ms instead of 40)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield cursor
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")


def holding(query: Query, ids: list[int]) -> SQL:
    return HOLDING, [ids, expression(query)]


def words_of(ids: list[int]) -> SQL:
    sql = (
        "SELECT edition_id, coalesce((SELECT string_agg(lexeme, ' ') "
        "FROM unnest(ts_filter(words, '{a,b,d}')) WHERE positions[1] <= %s), '') "
        "FROM posts_search WHERE edition_id = ANY(%s)"
    )
    return sql, [BEGINNING_WORDS, ids]


def ranking(query: Query, ids: list[int]) -> SQL:
    # Ranked by what is wanted alone: ts_rank() gives a query with "!" almost nothing.
    sql = (
        "SELECT edition_id, "
        "ts_rank('{0.1, 0.1, 0.4, 1}', words, %s::tsquery, 1) FROM posts_search "
        "WHERE edition_id = ANY(%s)"
    )
    return sql, [expression(query, most=MAX_RANKED_WORDS), ids]
