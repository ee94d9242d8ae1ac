"""The one way around the guards, and what becomes of them when tables change."""

# ruff: noqa: S608 - the statements name tables of ours

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from helpers.recorded import sql

from lawblog.models import Entry
from lawblog.records import triggers, without_guards
from lawblog.records.checks import guards_are_in_force
from lawblog.records.ledger import append, append_with_facts
from lawblog.records.subjects import frozen
from lawblog.records.verify import verify
from posts.models import Edition

EDITION, LEDGER = Edition._meta.db_table, Entry._meta.db_table


@pytest.fixture
def edition(let_through):
    return let_through("Kept")


def refused(change):
    with pytest.raises(IntegrityError, match="frozen: "), transaction.atomic():
        change()


def retitle(edition):
    Edition._base_manager.update(title="Other")


def test_lifted_lets_a_change_through_and_the_ledger_tells_of_it(edition):
    with without_guards.lift_guards("A repair: the slug was cut.", by="Sam"):
        Edition._base_manager.update(override_reason="Repaired")
        append_with_facts("repair", Edition.objects.get(), by="Sam")
    assert Edition.objects.get().override_reason == "Repaired"
    entry = Entry.objects.latest("seq")
    assert entry.kind == "lift" and "the slug was cut" in entry.line
    refused(lambda: retitle(edition))
    assert list(verify()) == []


def test_what_fails_while_lifted_leaves_the_guards_and_no_line(edition):
    with (
        pytest.raises(ZeroDivisionError),
        without_guards.lift_guards("A repair", by="Sam"),
    ):
        Edition._base_manager.update(override_reason="Repaired")
        raise ZeroDivisionError
    refused(lambda: retitle(edition))
    assert Edition.objects.get().override_reason == ""
    assert Entry.objects.latest("seq").kind == "publish"


def test_lifting_asks_why(db):
    with pytest.raises(ValueError, match="Say why"), without_guards.lift_guards(" "):
        pytest.fail("It was lifted.")


def test_a_restored_ledger_goes_on_where_it_ended(edition):
    kept = list(Entry.objects.all())
    append("capture", {}, by="a test")
    with without_guards.lift_guards("Restored from the archive of yesterday", by="Sam"):
        sql(f"DELETE FROM {LEDGER}")
        Entry.objects.bulk_create(kept)
    assert [e.kind for e in Entry.objects.all()][-2:] == ["publish", "lift"]
    assert list(verify()) == []


def test_guards_that_are_gone_are_noticed_and_put_back(edition):
    assert guards_are_in_force(None, databases=["default"]) == []
    triggers.remove("default")
    names = triggers.missing("default")
    # Four for the ledger and for each frozen table.
    assert len(names) == 4 * (1 + len(frozen()))
    (warning,) = guards_are_in_force(None, databases=["default"])
    assert warning.id == "lawblog.W020" and names[0] in warning.msg
    assert {f.sentence.split()[2] for f in verify()} == set(names)
    triggers.install("default")
    assert triggers.missing("default") == []


def test_the_check_looks_at_no_database_that_it_was_not_given(db, monkeypatch):
    monkeypatch.setattr(triggers, "missing", lambda using: [using])
    assert guards_are_in_force(None) == guards_are_in_force(None, ["replica"]) == []


def test_a_guard_that_was_weakened_counts_as_missing(edition):
    name = f"record_guard_delete_{EDITION}"
    (guard,) = [g for g in triggers.wanted(connection) if g.name == name]
    if connection.vendor == "postgresql":
        sql(f'ALTER TABLE "{EDITION}" DISABLE TRIGGER "{guard.name}"')
    else:
        sql(f'DROP TRIGGER "{guard.name}"')
        sql(guard.definition.replace("WHEN ", "WHEN 0 AND "))
    assert triggers.missing("default") == [guard.name]
    triggers.install("default")
    refused(lambda: sql(f"DELETE FROM {EDITION}"))


def test_installing_again_makes_nothing_new(edition, django_assert_max_num_queries):
    before = triggers.compare("default")
    assert before == triggers.Changes((), ())
    with django_assert_max_num_queries(40) as queries:
        triggers.install("default")
    assert not [q for q in queries.captured_queries if "CREATE" in q["sql"]]


# Migrations, flush, the ledger's own table -------------------------------------------


def rebuild(apps, editor):
    """As Django alters a field of the model."""
    if connection.vendor == "postgresql":
        editor.execute(f"ALTER TABLE {EDITION} ALTER COLUMN title TYPE text")
        editor.execute(f"ALTER TABLE {EDITION} ALTER COLUMN title TYPE varchar(200)")
        return
    made = "SELECT type, sql FROM sqlite_master WHERE tbl_name = %s AND sql <> ''"
    with connection.cursor() as cursor:
        cursor.execute(made, [EDITION])
        found = cursor.fetchall()
    ((_, table),) = [row for row in found if row[0] == "table"]
    editor.execute(table.replace(f'"{EDITION}"', f'"new__{EDITION}"', 1))
    editor.execute(f"INSERT INTO new__{EDITION} SELECT * FROM {EDITION}")
    editor.execute(f"DROP TABLE {EDITION}")
    editor.execute(f"ALTER TABLE new__{EDITION} RENAME TO {EDITION}")
    for kind, index in found:
        if kind == "index":
            editor.execute(index)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_guards_survive_a_migration_that_rebuilds_the_tables(
    frozen_editions, monkeypatch
):
    loader = MigrationExecutor(connection).loader
    (newest,) = loader.graph.leaf_nodes("posts")
    migration = type(loader.get_migration(*newest))
    rebuilding = [*migration.operations, RunPython(rebuild, rebuild)]
    monkeypatch.setattr(migration, "operations", rebuilding)
    before = triggers.wanted(connection)
    (former,) = [
        n for n in loader.graph.node_map[newest].parents if n.key[0] == "posts"
    ]
    with CaptureQueriesContext(connection) as queries:
        call_command("migrate", *former.key, verbosity=0)
        # Half-way back nothing fits; forward again all is there.
        call_command("migrate", verbosity=0)
    of_editions = ("new__posts_edition", "ALTER COLUMN title")
    assert any(word in q["sql"] for q in queries for word in of_editions)
    assert triggers.wanted(connection) == before
    assert triggers.missing("default") == []


def test_a_rebuilt_table_without_guards_is_noticed(edition):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL alters tables in place")
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT sql FROM sqlite_master WHERE name = "{EDITION}"')
        (create,) = cursor.fetchone()
        cursor.execute(create.replace(f'"{EDITION}"', '"new"', 1))
        cursor.execute(f"DROP TABLE {EDITION}")
        cursor.execute(f"ALTER TABLE new RENAME TO {EDITION}")
    assert f"record_guard_delete_{EDITION}" in triggers.missing("default")


@pytest.mark.slow
def test_a_migration_takes_over_what_stood_before_and_says_so(edition, smuggle):
    triggers.remove("default")
    sql(f"DELETE FROM {LEDGER}")
    plan = [("a migration", False)]
    without_guards.after_migration(None, "default", plan=plan)
    entry = Entry.objects.get(subject="posts.edition")
    assert entry.kind == "taken over" and "not witnessed" in entry.line
    assert list(verify()) == []
    # What came since without a line is not taken over once more.
    late = smuggle("Late")
    without_guards.after_migration(None, "default", plan=plan)
    (finding,) = verify()
    assert finding.sentence == (
        f"posts.edition {late.pk} has no entry: nobody let it through."
    )


def test_a_database_that_is_not_fully_migrated_is_left_alone(db, monkeypatch):
    plan = [("one to come", False)]
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: plan)
    triggers.remove("default")
    without_guards.after_migration(None, "default", plan=plan)
    assert triggers.missing("default")


def test_flush_is_refused_as_it_would_be_in_production(edition, monkeypatch):
    from django.core.management import sql as plain
    from django.core.management.commands import flush

    monkeypatch.setattr(flush, "sql_flush", plain.sql_flush)
    with pytest.raises((CommandError, IntegrityError)), transaction.atomic():
        call_command("flush", interactive=False, stdout=StringIO())
    assert Entry.objects.exists() and Edition.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_flush_of_tests_empties_the_ledger_and_keeps_the_guards(let_through):
    let_through("Kept")
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists() and not Edition.objects.exists()
    assert triggers.missing("default") == []
