"""Several writers at once: no fork, no gap."""

import threading
from datetime import datetime
from datetime import timezone as zones

import pytest
from django.db import (
    IntegrityError,
    connection,
    transaction,
)

from lawblog.models import Entry
from lawblog.records import ledger
from lawblog.records.acting import Actor
from lawblog.records.ledger import append
from lawblog.records.verify import verify
from posts.models import Edition
from posts.publishing import publish

NOON = datetime(2026, 11, 2, 17, 0, tzinfo=zones.utc)


def entries():
    return list(Entry.objects.all())


def faults():
    return [finding for finding in verify() if not finding.remark]


@pytest.mark.slow
def test_writers_at_once_make_one_chain_without_a_gap(at_once):
    def write():
        for _ in range(20):
            with transaction.atomic():
                append("capture", {}, by="a test")

    assert at_once(*[write] * 6) == [None] * 6
    (seqs,) = at_once(lambda: [entry.seq for entry in entries()])
    assert seqs == list(range(1, 121))
    assert at_once(faults) == [[]]


def test_writers_who_forget_the_lock_cannot_fork_the_chain(at_once):
    both_have_looked = threading.Barrier(2)

    def write():
        with transaction.atomic():
            newest = ledger.last()
            if connection.vendor == "postgresql":
                both_have_looked.wait(10)
            draft = ledger.Draft("capture", {}, Actor(None, "a test"))
            ledger.compose(draft, newest).save(force_insert=True)

    found = at_once(write, write)
    # On SQLite the second cannot even look before the first is done.
    forks = connection.vendor == "postgresql"
    assert sum(isinstance(one, IntegrityError) for one in found) == forks
    assert at_once(Entry.objects.count) == [2 - forks]


@pytest.fixture
def posts(transactional_db, make_post):
    return [make_post(f"Title {number}") for number in range(4)]


@pytest.mark.slow
def test_publications_at_once_each_have_an_entry(posts, at_once):
    def work(post):
        return lambda: bool(publish(post, by=None))

    assert at_once(*map(work, posts)) == [True] * 4
    told = Entry.objects.filter(subject="posts.edition")
    assert at_once(told.count, Edition.objects.count) == [4, 4]
    assert at_once(faults) == [[]]


@pytest.mark.slow
def test_of_two_publications_of_one_article_one_ends_the_other(posts, at_once):
    def run():
        return publish(posts[0], by=None).number

    assert sorted(at_once(run, run)) == [1, 2]
    (kinds,) = at_once(
        lambda: [e.kind for e in entries() if e.subject == "posts.edition"]
    )
    assert kinds == ["publish", "end", "publish"]
    assert at_once(faults) == [[]]
