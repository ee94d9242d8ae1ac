"""Editions on record, and what somebody does to them who owns the database."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone

from lawblog.records import subjects, triggers
from lawblog.records.without_guards import check_deferred_constraints

BY = "Anna Example"


@pytest.fixture
def registry() -> Iterator[None]:
    """What a test registers is on record for that test alone."""
    kept = dict(subjects._subjects)
    yield
    subjects._subjects.clear()
    subjects._subjects.update(kept)


@pytest.fixture
def frozen_editions(db) -> subjects.Subject:
    return subjects.subject_labelled("posts.edition")


@pytest.fixture
def let_through(publish):
    """let_through("A title") → an edition with its line."""

    def make(*args, **fields):
        edition = publish(*args, **fields)
        # What is deferred would stop a change of triggers later in the test.
        check_deferred_constraints("default")
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
        check_deferred_constraints("default")
        return edition

    return make


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def unguarded(statement, *params):
    """As somebody would who owns the database."""
    check_deferred_constraints("default")
    triggers.remove("default")
    sql(statement, *params)
    check_deferred_constraints("default")
    triggers.install("default")
