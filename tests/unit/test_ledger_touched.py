"""A change compares the rows that it can concern, and all of them where that is not
certain."""

# ruff: noqa: S608 - statements are read here

import pytest
from helpers.recorded import sql

from lawblog.models import Entry
from lawblog.records import subjects
from lawblog.records.subjects import Subject
from lawblog.records.touched import numbers
from lawblog.records.verify import verify
from lawblog.records.watching import unwatched
from posts.models import Topic

T = '"posts_topic"'
CERTAIN = [
    (f'UPDATE {T} SET "name" = %s, "slug" = %s WHERE {T}."id" = %s', "nsx", [7]),
    (f'UPDATE {T} SET "name" = NULL WHERE {T}."id" IN (%s, %s)', "xx", [7, 7]),
    (f'DELETE FROM {T} WHERE {T}."id" IN (%s)', "x", [7]),
    (f'INSERT INTO {T} ("name") VALUES (%s) RETURNING {T}."id"', "n", []),
    (f'INSERT INTO {T} ("id", "name") VALUES (%s, %s), (%s, %s)', "xnxn", []),
]
ANY = [
    # Other words than Django's for them.
    (f"UPDATE {T} SET name = %s WHERE {T}.id = %s", "nx"),
    (f'UPDATE {T} SET "name" = %s', "n"),
    (f'UPDATE {T} SET "name" = %s WHERE {T}."slug" = %s', "nx"),
    (f'UPDATE {T} SET "name" = %s WHERE NOT ({T}."id" = %s)', "nx"),
    (f'UPDATE {T} SET "name" = %s WHERE ({T}."id" = %s OR {T}."id" = %s)', "nxx"),
    (f'UPDATE {T} SET "name" = (SELECT %s) WHERE {T}."id" = %s', "nx"),
    (f'UPDATE {T} SET "name" = %s -- WHERE {T}."id" = %s', "nx"),
    # The row has another number afterwards.
    (f'UPDATE {T} SET "id" = %s WHERE {T}."id" = %s', "xx"),
    (f'DELETE FROM {T} WHERE {T}."id" IN (SELECT 1)', ""),
    (f'DELETE FROM {T} WHERE {T}."id" = %s', "n"),
    (f'DELETE FROM "posts_term" WHERE {T}."id" = %s', "x"),
    ('DELETE FROM "posts_term" WHERE "posts_term"."id" = %s', "x"),
    # These may change rows that were there.
    (
        f'INSERT INTO {T} ("id") VALUES (%s) ON CONFLICT("id") DO UPDATE SET "a" = 1',
        "x",
    ),
    (f'INSERT OR REPLACE INTO {T} ("id") VALUES (%s)', "x"),
    ('INSERT INTO "posts_term" ("id") VALUES (%s)', "x"),
]
VALUES = {"n": "a name", "s": "a-slug", "x": 7}


def given(letters: str) -> list[object]:
    return [VALUES[letter] for letter in letters]


def asked(statement: str, letters: str, many: bool = False) -> list[int] | None:
    subject = Subject(Topic, lambda row: {}, Topic.objects.all, frozen=False)
    return numbers(subject, statement, tuple(given(letters)), many)


def test_what_django_writes_names_its_rows():
    for statement, letters, expected in CERTAIN:
        assert asked(statement, letters) == expected, statement


def test_any_other_statement_may_change_any_row():
    for statement, letters in ANY:
        assert asked(statement, letters) is None, statement
    assert asked(*CERTAIN[0][:2], many=True) is None
    assert (
        numbers(subjects.subject_labelled("posts.topic"), "UPDATE posts_topic", None, 0)
        is None
    )


@pytest.fixture
def told(db, registry):
    """The names of the rows of which the facts were made, as they are made."""
    made = []

    def facts(row):
        made.append(row.name)
        return {"name": row.name}

    subjects.on_record(Topic, facts=facts)
    Topic.objects.bulk_create([Topic(name=n, slug=n) for n in "abcdefgh"])
    made.clear()
    return made


def test_no_row_is_read_but_those_that_are_written(told):
    topic = Topic.objects.get(name="c")
    topic.name = "other"
    topic.save()
    assert {*told} == {"other"}
    told.clear()
    Topic.objects.create(name="new", slug="new")
    assert {*told} == {"new"}
    told.clear()
    Topic.objects.filter(name="d").delete()
    assert told == []
    # A statement of another kind compares them all.
    sql("UPDATE posts_topic SET name = 'last' WHERE name = 'h'")
    assert {*told} == {*"abefg", "other", "new", "last"}
    assert list(verify()) == []


def test_nobody_is_said_to_have_made_a_change_past_django(told):
    a, b = Topic.objects.filter(name__in="ab").order_by("name")
    with unwatched():
        Topic.objects.filter(pk=a.pk).update(name="forged")
        forged = Topic.objects.create(name="forged too", slug="forged-too")
    b.name = "mine"
    b.save()
    lines = Entry.objects.filter(subject="posts.topic").exclude(kind="added")
    assert [line.subject_id for line in lines] == [b.pk]
    found = [finding.sentence for finding in verify()]
    assert len(found) == 2
    assert f"posts.topic {a.pk} is not what" in found[0]
    assert f"posts.topic {forged.pk} has no entry" in found[1]


def test_a_number_that_is_used_again_is_another_row(told):
    number = Topic.objects.get(name="c").pk
    Topic.objects.get(name="c").delete()
    Topic.objects.create(pk=number, name="c", slug="c")
    lines = Entry.objects.filter(subject="posts.topic", subject_id=number)
    kinds = lines.values_list("kind", flat=True)
    assert [*kinds] == ["added", "removed", "added"]
    assert list(verify()) == []
