"""The search index: one table that only the database's own full-text search reads.

No model, since SQLite's and PostgreSQL's have nothing in common but their name; no
triggers, since SQLite drops them whenever a migration rebuilds the editions' table.
It holds editions that are not live too: what may be shown is for
`Edition.objects.live()` to say.
"""

from itertools import chain, islice

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from lawblog.html.richtext import to_text

from . import law_words, postgresql, sqlite
from .words import WORD, stems

BATCH = 500
# What is offered as "did you mean": no abbreviations, no typing accidents.
SHORTEST, LONGEST = 4, 30
WORDS = "INSERT INTO posts_search_word (word) VALUES "


def backend():
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def newest(query, editions, wanted, among=None):
    """(ids of the newest of a queryset that match, newest first, at most `wanted`;
    whether these are all). among: a queryset of ids to look no further than.

    The index answers first and the editions are looked at one by one, from the newest,
    until there are enough: joined, all that match would be looked at.
    """
    among = among.query.sql_with_params() if among is not None else None
    one = editions.filter(pk=RawSQL("found.edition_id", []))  # noqa: S611 - our words
    sql, params = one.order_by().values("pk").query.sql_with_params()
    live = f"({sql}) IS NOT NULL", params
    return backend().newest(query, live, among, wanted)


def holding(query, ids):
    """Those of the edition ids that match, and maybe others that do, as a set."""
    if not ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(*backend().holding(query, ids))
        return {row[0] for row in cursor.fetchall()}


def ranks(query, ids):
    """{edition id: how well it matches, more is better} for some that match."""
    with connection.cursor() as cursor:
        cursor.execute(*backend().ranking(query, ids))
        return dict(cursor.fetchall())


def words_of(ids):
    """{edition id: set of the stems that it holds}; of a long text, of its beginning
    at least."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(*backend().words_of(ids))
        rows = cursor.fetchall()
    # A word that begins with "#" is PostgreSQL's, of a block.
    return {pk: {w for w in words.split() if w[0] != "#"} for pk, words in rows}


@transaction.atomic
def add(editions, known=frozenset()):
    """Index saved editions, or index them again. Belongs in the transaction that
    saves them. known: words that "did you mean" has already; returns the new ones."""
    rows, words = [], set()
    for edition in editions:
        texts = edition.title, edition.summary, to_text(edition.body)
        parts = [WORD.findall(text) for text in texts]
        words.update(*parts)
        stemmed = [stems(part, edition.language) for part in parts]
        stemmed.append(law_words.spellings("\n\n".join(texts), edition.language))
        rows.append([edition.pk, *backend().document(edition.pk, stemmed)])
    new = set(filter(is_worth_offering, map(str.lower, words))) - known
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(rows))
        delete = f"{backend().DELETE} ({marks})"
        cursor.execute(delete, [row[0] for row in rows])
        insert(cursor, backend().INSERT, rows)
        ordered = sorted(new)  # so that two at once cannot wait for each other
        for start in range(0, len(ordered), BATCH):
            some = [[word] for word in ordered[start : start + BATCH]]
            insert(cursor, WORDS, some, " ON CONFLICT DO NOTHING")
    return new


def insert(cursor, into, rows, ending=""):
    one = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
    values = ", ".join([one] * len(rows))
    cursor.execute(into + values + ending, list(chain.from_iterable(rows)))


def is_worth_offering(word):
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def alike(word):
    """Indexed words that begin with the same letter and are about as long, at most
    5,000."""
    sql = (
        "SELECT word FROM posts_search_word WHERE substr(word, 1, 1) = %s "
        "AND length(word) BETWEEN %s AND %s LIMIT 5000"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [word[:1], len(word) - 2, len(word) + 2])
        return [row[0] for row in cursor.fetchall()]


def is_empty():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM posts_search LIMIT 1")
        return cursor.fetchone() is None


@transaction.atomic
def rebuild(editions):
    """Index exactly these (a queryset) and forget all else. Returns how many."""
    with connection.cursor() as cursor:
        for statement in backend().CLEAR:
            cursor.execute(statement)
        cursor.execute("DELETE FROM posts_search_word")
    needed = editions.only("title", "summary", "body", "language").order_by("pk")
    waiting, count, known = needed.iterator(chunk_size=BATCH), 0, set()
    while batch := list(islice(waiting, BATCH)):
        known |= add(batch, known)
        count += len(batch)
    return count
