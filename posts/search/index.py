"""The search index: one table that only the database's own full-text search reads.

No model, since SQLite's and PostgreSQL's have nothing in common but their name; no
triggers, since SQLite drops them whenever a migration rebuilds the editions' table.
It holds editions that are not live too: what may be shown is for
`Edition.objects.live()` to say.
"""

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from lawblog.richtext import to_text

from . import postgresql, sqlite
from .words import WORD, stems

BATCH = 500
# What is offered as "did you mean": no abbreviations, no typing accidents.
SHORTEST, LONGEST = 4, 30


def backend():
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def matching(query):
    """A sub-query giving the ids of all editions that match, live or not."""
    expression = backend().expression(query)
    return RawSQL(backend().MATCHING, [expression])  # noqa: S611 - the words are bound


def ranks(query, ids):
    """{edition id: how well it matches, more is better} for some that match."""
    with connection.cursor() as cursor:
        cursor.execute(*backend().ranking(query, ids))
        return dict(cursor.fetchall())


@transaction.atomic
def add(editions):
    """Index saved editions, or index them again. Belongs in the transaction that
    saves them."""
    editions = list(editions)
    rows = [value for edition in editions for value in row(edition)]
    words = sorted(set().union(*map(spoken, editions)))
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(editions))
        ids = [edition.pk for edition in editions]
        cursor.execute(f"{backend().DELETE} ({marks})", ids)  # noqa: S608 - only marks
        cursor.execute(backend().INSERT + values(len(editions), len(rows)), rows)
        for start in range(0, len(words), BATCH):
            some = words[start : start + BATCH]
            insert = "INSERT INTO posts_search_word (word) VALUES "
            insert += values(len(some), len(some)) + " ON CONFLICT DO NOTHING"
            cursor.execute(insert, some)


def values(rows, total):
    one = ", ".join(["%s"] * (total // rows))
    return ", ".join([f"({one})"] * rows)


def row(edition):
    """The edition's id and its stems as the backend stores them."""
    texts = edition.title, edition.summary, to_text(edition.body)
    parts = [stems(text, edition.language) for text in texts]
    return [edition.pk, *backend().document(parts)]


def spoken(edition):
    """Its words in lower case as they are written, for "did you mean"."""
    text = f"{edition.title} {edition.summary} {to_text(edition.body)}".lower()
    words = set(WORD.findall(text))
    return {w for w in words if SHORTEST <= len(w) <= LONGEST and w.isalpha()}


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
        cursor.execute("DELETE FROM posts_search")
        cursor.execute("DELETE FROM posts_search_word")
    count, batch = 0, []
    for edition in editions.order_by("pk").iterator(chunk_size=BATCH):
        batch.append(edition)
        if len(batch) == BATCH:
            add(batch)
            count, batch = count + BATCH, []
    if batch:
        add(batch)
    return count + len(batch)
