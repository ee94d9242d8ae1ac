"""Editions under the record's guard, as posts/apps.py would put them there."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.utils import timezone

from lawblog.records import ledger, subjects, triggers
from lawblog.records.canonical import moment
from lawblog.records.lifting import settle

BY = "Anna Example"


def facts(edition):
    return {
        "slug": edition.slug,
        "digest": edition.digest,
        "by": edition.approved_by_name,
        "live_from": moment(edition.live_from),
        "topics": sorted(topic.pk for topic in edition.topics.all()),
    }


def proof(edition):
    from posts.publishing import digest_of

    same = digest_of(edition) == edition.digest
    return "" if same else "has other words than were approved."


@pytest.fixture
def registry() -> Iterator[None]:
    """What a test registers is on record for that test alone."""
    kept = dict(subjects._subjects)
    yield
    subjects._subjects.clear()
    subjects._subjects.update(kept)


@pytest.fixture
def frozen_editions(request) -> Iterator[subjects.Subject]:
    """The guards are made in the test's own transaction, where it has one."""
    from posts.models import Edition

    request.getfixturevalue("db")
    request.getfixturevalue("registry")
    subject = subjects.freeze(
        Edition,
        facts=facts,
        rows=lambda: Edition.objects.prefetch_related("topics"),
        movable=["ended_by"],
        ends="live_until",
        proof=proof,
    )
    settle("default")
    triggers.install("default")
    yield subject
    if not connection.in_atomic_block:
        subjects._subjects.pop(subject.label)
        triggers.install("default")


@pytest.fixture
def let_through(frozen_editions, publish):
    """let_through("A title") → an edition with its line."""

    def make(*args, **fields):
        with transaction.atomic():
            edition = publish(*args, **fields)
            ledger.tell("publish", edition, by=BY)
            # What is deferred would stop a change of triggers later in the test.
            settle("default")
        return edition

    return make


@pytest.fixture
def smuggle(make_post):
    """smuggle("A title") → a live edition as a program would write it that nobody was
    asked by: no line tells of it."""

    def make(title):
        from posts.publishing import edition_of

        edition = edition_of(make_post(title), timezone.now())
        edition.approved_at = edition.live_from
        edition.save()
        settle("default")
        return edition

    return make


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def unguarded(statement, *params):
    """As somebody would who owns the database."""
    settle("default")
    triggers.remove("default")
    sql(statement, *params)
    settle("default")
    triggers.install("default")
