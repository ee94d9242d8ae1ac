"""A compiled queryset gives what the queryset gives, whatever its slots hold."""

from datetime import date, datetime, timezone
from threading import Thread

import pytest
from django.db import connection, models

from lawblog.database.compiled_queries import compiled_query
from posts.models import Edition

NOON = datetime(2026, 11, 2, 12, tzinfo=timezone.utc)


def titled(title, now, day):
    live = Edition.objects.live(now).filter(published_on__lte=day, title=title)
    return live.select_related("author").annotate(was=models.F("post__is_sample"))


asked = compiled_query(
    Edition,
    title=models.CharField(),
    now=models.DateTimeField(),
    day=models.DateField(),
)(titled)


@pytest.fixture
def articles(finished_firm, publish, time_machine):
    from offices.models import Attorney

    time_machine.move_to(NOON, tick=False)
    for title in ("One", "Two", "Three's"):
        publish(title, author=Attorney.objects.get())


@pytest.mark.parametrize("title", ["One", "Two", "Three's", "None", "%s", "' OR 1=1"])
@pytest.mark.parametrize("hour", [11, 13])
@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 2)])
def test_the_same_rows(articles, title, hour, day):
    slots = {"title": title, "now": NOON.replace(hour=hour), "day": day}
    expected, got = list(titled(**slots)), asked(**slots)
    fields = [field.attname for field in Edition._meta.fields]
    for here, there in zip(expected, got, strict=True):
        assert [getattr(here, name) for name in (*fields, "was")] == [
            getattr(there, name) for name in (*fields, "was")
        ]
        assert here.author.name == there.author.name


def test_related_rows_come_with_it(articles, django_assert_num_queries):
    with django_assert_num_queries(1):
        (edition,) = asked(title="One", now=NOON, day=date.max)
        assert edition.author.name == "Anna Example" and edition.was is False


@pytest.mark.parametrize("start, stop", [(0, 2), (1, 3), (2, 9), (5, 6)])
def test_a_slice_of_the_rows(articles, start, stop):
    @compiled_query(Edition, now=models.DateTimeField())
    def newest(now):
        return Edition.objects.live(now).newest_first()

    expected = Edition.objects.live(NOON).newest_first()[start:stop]
    assert newest(slice(start, stop), now=NOON) == list(expected)


def test_values_come_as_tuples(articles):
    def values(now):
        listed = Edition.objects.live(now).values_list("title", "law_as_of", "post")
        return listed.order_by("-title")

    got = compiled_query(Edition, now=models.DateTimeField())(values)(now=NOON)
    assert got == list(values(NOON)) and got[0][0] == "Two"


def test_it_is_written_once(articles, monkeypatch):
    written = []

    @compiled_query(Edition, now=models.DateTimeField())
    def rows(now):
        written.append(now)
        return Edition.objects.live(now)

    assert len(rows(now=NOON)) == len(rows(now=NOON)) == 3
    assert len(written) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_threads_share_the_words_and_not_the_connection(articles):
    used, before = [], id(connection.connection)
    asked(title="One", now=NOON, day=date.max)

    def ask():
        asked(title="One", now=NOON, day=date.max)
        used.append(id(connection.connection))
        # Django leaves a thread's connection to a database in memory open.
        connection.connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert used and used != [before]
