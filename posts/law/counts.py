"""How many articles rest on each authority, counted in the transaction that publishes,
so that the desk's list of authorities reads no articles."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Count

from posts.models import AuthorityCount, EditionAuthority, Post

Place = tuple[str, str]  # key, language


@contextmanager
def updated(post: Post) -> Iterator[None]:
    """Wraps whatever begins or ends a post's editions, or changes what they rest on,
    in the same transaction."""
    before = _without_end(post)
    yield
    after = _without_end(post)
    after.subtract(before)
    _add({place: number for place, number in after.items() if number})


def _without_end(post: Post) -> Counter[Place]:
    rows = EditionAuthority.objects.filter(edition__post=post, edition__live_until=None)
    return Counter(rows.values_list("key", "language"))


def _add(changes: dict[Place, int]) -> None:
    if not changes:
        return
    # In one order, so that two publications cannot wait for each other.
    rows = [(*place, changes[place]) for place in sorted(changes)]
    table = AuthorityCount._meta.db_table
    marks = ", ".join(["(%s, %s, %s)"] * len(rows))
    sql = (
        f'INSERT INTO "{table}" (key, language, count) VALUES {marks} '  # noqa: S608 - our own table
        "ON CONFLICT (key, language) DO UPDATE "
        f'SET count = "{table}".count + excluded.count'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in row])


@transaction.atomic
def recount() -> None:
    """Count everything anew: after a bulk insert or another grammar."""
    rows = EditionAuthority.objects.filter(edition__live_until=None)
    grouped = rows.order_by().values("key", "language").annotate(count=Count("pk"))
    AuthorityCount.objects.all().delete()
    AuthorityCount.objects.bulk_create(
        (AuthorityCount(**row) for row in grouped), batch_size=500
    )
