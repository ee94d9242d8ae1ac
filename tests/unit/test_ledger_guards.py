"""What cannot be changed, whatever way the change comes; and the one way around."""

# ruff: noqa: S608 - the statements name tables of ours

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models.query import QuerySet
from django.utils import timezone
from helpers.recorded import BY, sql

from lawblog.models import Entry
from lawblog.records import subjects, triggers, without_guards
from lawblog.records.ledger import append_with_facts
from lawblog.records.verify import verify
from posts.models import Edition, Post

EDITION, LEDGER = Edition._meta.db_table, Entry._meta.db_table


@pytest.fixture
def edition(let_through, make_post):
    # So that no number of an edition is that of its article.
    make_post("Draft")
    return let_through("Kept")


@pytest.fixture
def other(let_through, edition):
    return let_through("Other")


def refused(change):
    with pytest.raises(IntegrityError, match="frozen: "), transaction.atomic():
        change()


def copied(table, **changed):
    """INSERT … SELECT of the first row, with other values in some columns."""
    with connection.cursor() as cursor:
        columns = [
            column.name
            for column in connection.introspection.get_table_description(cursor, table)
        ]
    values = ", ".join(str(changed.get(name, f'"{name}"')) for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    first = "seq" if table == LEDGER else "id"
    return (
        f'INTO "{table}" ({names}) SELECT {values} FROM "{table}" '
        f'WHERE "{first}" = (SELECT MIN("{first}") FROM "{table}")'
    )


# The ways that both databases know ---------------------------------------------------


def base_manager(edition):
    Edition._base_manager.filter(pk=edition.pk).update(title="Other")


def plain_queryset(edition):
    QuerySet(Edition).update(approved_by_name="Somebody else")


def bulk_upsert(edition):
    edition.title = "Other"
    QuerySet(Edition).bulk_create(
        [edition], update_conflicts=True, unique_fields=["id"], update_fields=["title"]
    )


def plain_save(edition):
    edition.digest = "0" * 64
    models.Model.save(edition)


def save_of_one_field(edition):
    edition.live_from -= timedelta(days=1)
    models.Model.save_base(edition, update_fields=["live_from"])


def another_number(edition):
    sql(f"UPDATE {EDITION} SET id = id + 1000")


def another_post(edition):
    sql(f"UPDATE {EDITION} SET post_id = post_id + 1")


def no_reason(edition):
    sql(f"UPDATE {EDITION} SET override_reason = 'None was given'")


def raw_delete(edition):
    sql(f"DELETE FROM {EDITION}")


def orm_raw_delete(edition):
    rows = QuerySet(Edition).filter(pk=edition.pk)
    rows._raw_delete("default")


def orm_delete(edition):
    QuerySet.delete(Edition.objects.filter(pk=edition.pk))


def end_without_line(edition):
    Edition.objects.filter(pk=edition.pk).update(live_until=timezone.now())


def another_end_than_told(edition):
    append_with_facts("withdraw", edition, by=BY, ends=timezone.now())
    later = timezone.now() + timedelta(days=1)
    Edition.objects.filter(pk=edition.pk).update(live_until=later)


def line_edited(edition):
    sql(f"UPDATE {LEDGER} SET line = '{{}}'")


def line_dated_back(edition):
    sql(f"UPDATE {LEDGER} SET at = '2020-01-01 00:00:00+00'")


def line_deleted(edition):
    Entry.objects.all().delete()


def line_moved(edition):
    Entry.objects.update(seq=99)


def line_after_a_gap(edition):
    sql("INSERT " + copied(LEDGER, seq=99, hash="'x'", prev="hash"))


def line_beside_another(edition):
    sql("INSERT " + copied(LEDGER, seq="seq + 99", hash="'x'", prev="'y'"))


def line_that_forks(edition):
    sql("INSERT " + copied(LEDGER, seq=Entry.objects.count() + 1, hash="'x'"))


WAYS = [
    base_manager,
    plain_queryset,
    bulk_upsert,
    plain_save,
    save_of_one_field,
    another_number,
    another_post,
    no_reason,
    raw_delete,
    orm_raw_delete,
    orm_delete,
    end_without_line,
    another_end_than_told,
    line_edited,
    line_dated_back,
    line_deleted,
    line_moved,
    line_after_a_gap,
    line_beside_another,
    line_that_forks,
]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_on_record_cannot_be_changed(edition, way):
    refused(lambda: way(edition))
    assert list(verify()) == []
    assert Edition.objects.get().title == "Kept"


# SQLite's own ways -------------------------------------------------------------------

SQLITE_WAYS = {
    "replace an edition": ("INSERT OR REPLACE", EDITION, {"title": "'Other'"}),
    "replace by number": ("INSERT OR REPLACE", EDITION, {"id": 999}),
    "replace what has no end": (
        "INSERT OR REPLACE",
        EDITION,
        {"id": 999, "number": 999},
    ),
    "replace into": ("REPLACE", EDITION, {"title": "'Other'"}),
    "ignore": ("INSERT OR IGNORE", EDITION, {"title": "'Other'"}),
    "replace a line": ("INSERT OR REPLACE", LEDGER, {"kind": "'other'"}),
    "replace by hash": ("INSERT OR REPLACE", LEDGER, {"seq": 99, "prev": "'x'"}),
    # As long as there are two lines, that is the next one.
    "replace the one of a hash": (
        "INSERT OR REPLACE",
        LEDGER,
        {"seq": 3, "prev": f"(SELECT hash FROM {LEDGER} WHERE seq = 2)"},
    ),
}


@pytest.mark.parametrize("way", SQLITE_WAYS)
def test_no_insert_replaces_what_is_on_record(edition, other, way):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such statement")
    verb, table, changed = SQLITE_WAYS[way]
    refused(lambda: sql(f"{verb} {copied(table, **changed)}"))
    assert list(verify()) == []


@pytest.mark.parametrize("conflict", ["REPLACE", "IGNORE", "FAIL", "ROLLBACK"])
def test_no_update_goes_past_a_conflict(edition, other, conflict):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such statement")
    statement = f"UPDATE OR {conflict} {EDITION} SET title = 'Other'"
    refused(lambda: sql(statement))
    assert list(verify()) == []


def test_reopening_does_not_replace_the_edition_that_is_open(edition, publish):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such statement")
    now = timezone.now()
    with transaction.atomic():
        append_with_facts("end", edition, by=BY, ends=now)
        Edition.objects.filter(pk=edition.pk).update(live_until=now)
        newer = publish(edition.post)
        append_with_facts("publish", newer, by=BY)
    append_with_facts("reopen", Edition.objects.get(pk=edition.pk), by=BY, ends=None)
    statement = f"UPDATE OR REPLACE {EDITION} SET live_until = NULL WHERE id = %s"
    refused(lambda: sql(statement, edition.pk))
    assert Edition.objects.filter(pk=newer.pk).exists()


# PostgreSQL's own ways ---------------------------------------------------------------


AS_REPLICA = "SET LOCAL session_replication_role = replica; "


@pytest.mark.parametrize(
    "statement",
    [
        f"TRUNCATE {EDITION} CASCADE",
        f"TRUNCATE {LEDGER}",
        f"{AS_REPLICA}UPDATE {EDITION} SET title = ''",
        f"{AS_REPLICA}DELETE FROM {LEDGER}",
        f"INSERT INTO {EDITION} SELECT * FROM {EDITION} "
        "ON CONFLICT (id) DO UPDATE SET title = 'Other'",
        f"MERGE INTO {EDITION} t USING {EDITION} s ON t.id = s.id "
        "WHEN MATCHED THEN UPDATE SET title = 'Other'",
        f"CREATE TEMP TABLE {LEDGER} AS SELECT 'posts.edition' AS subject, id AS "
        f"subject_id, now() AS ends, 1 AS seq FROM {EDITION}; "
        f"UPDATE {EDITION} SET live_until = now()",
    ],
)
def test_no_statement_of_postgresql_goes_around(edition, statement):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such statement")
    refused(lambda: sql(statement))
    assert list(verify()) == []


# What must stay possible -------------------------------------------------------------


@pytest.mark.slow
def test_an_end_with_its_line_is_set_and_taken_back(edition):
    now = timezone.now()
    for kind, ends in (("withdraw", now), ("reopen", None), ("withdraw", now)):
        append_with_facts(kind, edition, by=BY, ends=ends)
        Edition.objects.filter(pk=edition.pk).update(live_until=ends, ended_by=None)
        edition.refresh_from_db()
        assert edition.live_until == ends
        assert list(verify()) == []


def test_reopening_needs_a_line_of_its_own(edition):
    append_with_facts("withdraw", edition, by=BY, ends=timezone.now())
    ends = Entry.objects.latest("seq").ends
    Edition.objects.filter(pk=edition.pk).update(live_until=ends)
    refused(lambda: Edition.objects.filter(pk=edition.pk).update(live_until=None))


def test_the_line_of_another_edition_ends_nothing(edition, other):
    now = timezone.now()
    append_with_facts("withdraw", other, by=BY, ends=now)
    refused(lambda: Edition.objects.filter(pk=edition.pk).update(live_until=now))


def test_writing_the_same_again_changes_nothing(edition):
    models.Model.save(edition)
    sql(f"UPDATE {LEDGER} SET kind = kind")
    assert list(verify()) == []


def test_a_second_article_is_published_beside_the_first(edition, other):
    assert Edition.objects.count() == 2


def facts_of_post(post):
    return {"slug": post.slug}


@pytest.fixture
def frozen_posts(db, registry):
    movable = [f.name for f in Post._meta.concrete_fields if f.name != "is_sample"]
    subjects.freeze(Post, facts=facts_of_post, movable=movable, erasable="is_sample")
    without_guards.check_deferred_constraints("default")
    triggers.install("default")


def test_no_insert_replaces_a_row_whose_key_is_an_expression(frozen_posts, make_post):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such statement")
    post = make_post("Kept")
    same_address = copied(Post._meta.db_table, id=999, slug="UPPER(slug)")
    refused(lambda: sql(f"INSERT OR REPLACE {same_address}"))
    assert Post.objects.get() == post


@pytest.mark.slow
def test_samples_alone_can_be_deleted_and_need_no_line(frozen_posts, make_post):
    sample = make_post("Sample", is_sample=True)
    post = make_post("Kept")
    append_with_facts("added", post, by=BY)
    (remark,) = verify()
    assert remark.remark and remark.sentence == (
        "1 of posts.post are samples without an entry."
    )
    without_guards.check_deferred_constraints("default")
    refused(post.delete)
    refused(lambda: Post.objects.filter(pk=post.pk).update(is_sample=True))
    append_with_facts("added", sample, by=BY)
    Post.objects.filter(pk=sample.pk).delete()
    assert list(verify()) == []
