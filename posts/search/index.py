"""The search index: one table that only the database's own full-text search reads.

No model, since SQLite's and PostgreSQL's have nothing in common but their name; no
triggers, since SQLite drops them whenever a migration rebuilds the editions' table.
It holds editions that are not live too: what may be shown is for
`Edition.objects.live()` to say.
"""

from collections.abc import Iterable, Sequence, Set
from datetime import date
from itertools import chain, islice
from types import ModuleType
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from lawblog.html.richtext import to_text
from posts.models import Edition

from . import extra_tokens, postgresql, sqlite
from .query import BEGINNING_WORDS, Query
from .stemming import WORD, stems

EDITION_BATCH = 500
# What is offered as "did you mean": no abbreviations, no typing accidents.
MIN_SUGGESTED_LENGTH, MAX_SUGGESTED_LENGTH = 4, 30
LONG_WORD = 8  # letters
# Bytes of a text's different words, and of the place of each; PostgreSQL refuses 2**20.
MAX_TEXT_BYTES, PLACE_BYTES = 1_000_000, 2
WORDS = "INSERT INTO posts_search_word (word) VALUES "

Ids = QuerySet[Any, Any]
# (id, date, language) of an edition.
Match = tuple[int, date, str]


def backend() -> ModuleType:
    """The module that speaks the database's language."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def newest(
    query: Query, editions: QuerySet[Edition], wanted: int, among: Ids | None = None
) -> tuple[list[int], bool]:
    """(ids of the newest of the editions that match, newest first, at most `wanted`;
    whether these are all). among: the only ids that count.

    The index answers first and the editions are looked at one by one, from the newest,
    until there are enough: joined, all that match would be looked at.
    """
    few = among.query.sql_with_params() if among is not None else None
    one = editions.filter(pk=RawSQL("found.edition_id", []))  # noqa: S611 - our words
    sql, params = one.order_by().values("pk").query.sql_with_params()
    live = f"({sql}) IS NOT NULL", params
    found: tuple[list[int], bool] = backend().newest(query, live, few, wanted)
    return found


def newest_matches(
    query: Query, editions: QuerySet[Edition], wanted: int, among: Ids | None = None
) -> tuple[list[Match], bool]:
    """As newest(), each as a Match."""
    ids, are_all = newest(query, editions, wanted, among)
    rows = Edition.objects.filter(pk__in=ids).order_by("-pk")
    return list(rows.values_list("pk", "published_on", "language")), are_all


def holding(query: Query, ids: list[int]) -> set[int]:
    """Those of the edition ids that match, and maybe others that do."""
    if not ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(*backend().holding(query, ids))
        return {row[0] for row in cursor.fetchall()}


def ranks(query: Query, ids: list[int]) -> dict[int, float]:
    """{edition id: how well it matches, more is better} for some that match."""
    with connection.cursor() as cursor:
        cursor.execute(*backend().ranking(query, ids))
        return dict(cursor.fetchall())


def words_of(ids: list[int]) -> dict[int, set[str]]:
    """{edition id: set of the stems among its first BEGINNING_WORDS words}, the same on
    every database."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(*backend().words_of(ids))
        rows = cursor.fetchall()
    # "#" is SQLite's, for what is not a word.
    return {pk: set(words.split()[:BEGINNING_WORDS]) - {"#"} for pk, words in rows}


@transaction.atomic
def add(editions: Iterable[Edition], known: Set[str] = frozenset()) -> set[str]:
    """Index saved editions, or index them again. Belongs in the transaction that
    saves them. known: words that "did you mean" has already; returns the new ones."""
    rows: list[list[Any]] = []
    words: set[str] = set()
    for edition in editions:
        texts = edition.title, edition.summary, to_text(edition.body)
        parts = [WORD.findall(text) for text in texts]
        words.update(*parts)
        stemmed = [stems(part, edition.language) for part in parts]
        stemmed.append(extra_tokens.extra_tokens("\n\n".join(texts), edition.language))
        fitting = beginning_of(stemmed)
        rows.append([edition.pk, *backend().document(edition.pk, fitting)])
    small = map(str.lower, words)
    new = {word for word in small if is_worth_offering(word)} - known
    _write(rows, new)
    return new


def beginning_of(parts: list[list[str]]) -> list[list[str]]:
    """The parts of a text, alike on every database; of what has more different words
    than PostgreSQL's index can hold, some 90,000, the beginning."""
    room, known = MAX_TEXT_BYTES, set[str]()
    found: list[list[str]] = []
    for part in parts:
        found.append([])
        for word in part:
            room -= (
                PLACE_BYTES if word in known else len(word.encode()) + 3 * PLACE_BYTES
            )
            if room < 0:
                break
            known.add(word)
            found[-1].append(word)
    return found


def _write(rows: list[list[Any]], new: set[str]) -> None:
    """Replace rows of the index, and note new words."""
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(rows))
        delete = f"{backend().DELETE} ({marks})"
        cursor.execute(delete, [row[0] for row in rows])
        insert(cursor, backend().INSERT, rows)
        ordered = sorted(new)  # so that two at once cannot wait for each other
        for start in range(0, len(ordered), EDITION_BATCH):
            some = [[word] for word in ordered[start : start + EDITION_BATCH]]
            insert(cursor, WORDS, some, " ON CONFLICT DO NOTHING")


def insert(
    cursor: CursorWrapper, into: str, rows: Sequence[Sequence[Any]], ending: str = ""
) -> None:
    one = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
    values = ", ".join([one] * len(rows))
    cursor.execute(into + values + ending, list(chain.from_iterable(rows)))


def is_worth_offering(word: str) -> bool:
    return MIN_SUGGESTED_LENGTH <= len(word) <= MAX_SUGGESTED_LENGTH and word.isalpha()


def alike(word: str) -> list[str]:
    """Indexed words that begin with the same letter and are about as long, at most
    5,000. Two letters more or less make another word of a short one."""
    spare = 1 if len(word) < LONG_WORD else 2
    sql = (
        "SELECT word FROM posts_search_word WHERE substr(word, 1, 1) = %s "
        "AND length(word) BETWEEN %s AND %s LIMIT 5000"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [word[:1], len(word) - spare, len(word) + spare])
        return [row[0] for row in cursor.fetchall()]


def is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM posts_search LIMIT 1")
        return cursor.fetchone() is None


@transaction.atomic
def rebuild(editions: QuerySet[Edition]) -> int:
    """Index exactly these and forget all else. Returns how many."""
    with connection.cursor() as cursor:
        for statement in backend().CLEAR:
            cursor.execute(statement)
        cursor.execute("DELETE FROM posts_search_word")
    needed = editions.only("title", "summary", "body", "language").order_by("pk")
    waiting, count = needed.iterator(chunk_size=EDITION_BATCH), 0
    known: set[str] = set()
    while batch := list(islice(waiting, EDITION_BATCH)):
        known |= add(batch, known)
        count += len(batch)
    return count
