"""Rows beside the newest lines about them: what a check finds."""

# ruff: noqa: S608 - the statements name tables of ours

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from helpers.recorded import BY, unguarded

from lawblog.models import Entry
from lawblog.records import chain, comparing
from lawblog.records.ledger import append_with_facts
from lawblog.records.verify import verify
from posts.models import Edition, Topic

LEDGER, EDITION = Entry._meta.db_table, Edition._meta.db_table


@pytest.fixture
def edition(let_through):
    return let_through("Kept", topics=["Asylum"])


def changed(**columns):
    sets = ", ".join(f"{name} = %s" for name in columns)
    return lambda edition: unguarded(f"UPDATE {EDITION} SET {sets}", *columns.values())


def retold_with_digest(edition):
    """Words and digest together, as a careful forger would."""
    from posts.publishing import digest_of

    edition.title = "Other"
    changed(title="Other", digest=digest_of(edition))(edition)


def gone(edition):
    unguarded("DELETE FROM posts_edition_topics")
    unguarded(f"DELETE FROM {EDITION}")


def filed_elsewhere(edition):
    topic = Topic.objects.create(name="Other", slug="other")
    edition.topics.set([topic])


@pytest.mark.slow
@pytest.mark.parametrize(
    "forge, words",
    [
        (changed(title="Other"), "has other words than were approved"),
        (changed(digest="0" * 64), "has other words than were approved"),
        (retold_with_digest, "is not what entry {seq} says: digest"),
        (
            changed(approved_by_name="Sam"),
            "is not what entry {seq} says: approved_by_name",
        ),
        (changed(live_until="2099-01-01 00:00:00+00:00"), "entry {seq} says: ends"),
        (changed(live_from="2020-01-01 00:00:00+00:00"), "entry {seq} says: live_from"),
        (gone, "is gone, and entry {seq} tells of it"),
        (filed_elsewhere, "is not what entry {seq} says: topics"),
        (
            lambda edition: edition.topics.clear(),
            "is not what entry {seq} says: topics",
        ),
    ],
)
def test_a_row_that_is_not_what_its_line_says_is_found(edition, forge, words):
    assert list(verify()) == []
    seq = Entry.objects.get(subject="posts.edition").seq
    forge(edition)
    (finding,) = verify()
    assert finding.sentence.startswith(f"posts.edition {edition.pk} ")
    assert words.format(seq=seq) in finding.sentence


def test_an_edition_that_nobody_let_through_is_found(edition, smuggle):
    other = smuggle("Smuggled in")
    (finding,) = verify()
    assert finding.sentence == (
        f"posts.edition {other.pk} has no entry: nobody let it through."
    )


def test_topics_that_move_have_a_line_and_hold(edition):
    filed_elsewhere(edition)
    append_with_facts("topics", Edition.objects.get(), by=BY)
    assert list(verify()) == []


@pytest.mark.slow
def test_rows_and_lines_are_read_in_windows(let_through, smuggle, monkeypatch):
    monkeypatch.setattr(comparing, "WINDOW", 2)
    monkeypatch.setattr(chain, "LINE_BATCH", 2)
    editions = [let_through(f"Title {number}") for number in range(5)]
    assert list(verify()) == []
    smuggled = smuggle("Smuggled in")
    unguarded(f"DELETE FROM {EDITION} WHERE id = %s", editions[1].pk)
    unguarded(f"DELETE FROM {EDITION} WHERE id = %s", editions[4].pk)
    found = [int(f.sentence.split()[1]) for f in verify()]
    assert sorted(found) == sorted([editions[1].pk, editions[4].pk, smuggled.pk])
    unguarded(f"UPDATE {EDITION} SET approved_by_name = 'Sam'")
    found = {int(f.sentence.split()[1]) for f in verify()}
    assert found == {smuggled.pk, *(edition.pk for edition in editions)}


@pytest.mark.slow
def test_twice_the_editions_take_the_same_queries(let_through):
    def cost(number):
        let_through(f"Title {number}", topics=["Asylum"])
        with CaptureQueriesContext(connection) as queries:
            assert list(verify()) == []
        return len(queries)

    assert len({cost(number) for number in range(1, 9)}) == 1


def test_what_seems_wrong_is_read_once_more_together(edition, monkeypatch):
    """Something is published between the reading of the row and of its line."""
    plain, now = comparing.pairs, timezone.now()

    def pairs(subject, using, only=None):
        for pair in plain(subject, using, only):
            if pair.row == edition and only is None:
                with transaction.atomic():
                    append_with_facts("withdraw", pair.row, by=BY, ends=now)
                    Edition.objects.update(live_until=now)
                pair = next(
                    comparing._side_by_side([pair.row], iter([(pair.pk, line())]))
                )
            yield pair

    def line():
        return comparing.read(Entry.objects.latest("seq").line)

    monkeypatch.setattr("lawblog.records.verify.pairs", pairs)
    assert list(verify()) == []


def test_a_spoilt_line_stops_nothing(edition):
    last = Entry.objects.get(subject="posts.edition").seq
    unguarded(f"UPDATE {LEDGER} SET line = 'no JSON' WHERE seq = %s", last)
    sentences = [f.sentence for f in verify()]
    assert "changed after it was written" in sentences[0] and len(sentences) == 2
