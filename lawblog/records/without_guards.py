"""The one way around the guards, and what happens to them at a migration.

Migrations need nothing: the guards go before and come back after. Whatever else must
change what is frozen (a restore, samples without a flag, a repair) does it within
lift_guards(), and the ledger says so for good.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from lawblog.database.writes import forget_tables

from . import triggers
from .acting import Actor, Who, actor_of
from .comparing import REMOVED, pairs, unrecorded
from .ledger import Draft, append, append_all
from .models import Entry
from .subjects import Subject, subjects
from .watching import has_ledger, migrating


@contextmanager
def lift_guards(
    why: str, *, by: Who = None, using: str = DEFAULT_DB_ALIAS
) -> Iterator[None]:
    """Within, ledger and frozen tables can be written; after it a `lift` line says who
    and why. All of it in one transaction: an error brings everything back.

    On PostgreSQL nobody reads the frozen tables until the transaction ends. A restore
    adds watching.unwatched(), since it brings rows together with their lines.
    """
    if not why.strip():
        raise ValueError("Say why the guards are lifted: the record keeps it.")
    with transaction.atomic(using):
        check_deferred_constraints(using)
        triggers.remove(using)
        yield
        check_deferred_constraints(using)
        triggers.install(using)
        append("lift", {}, by=by, note=why, using=using)


def check_deferred_constraints(using: str) -> None:
    """Check now what is deferred: PostgreSQL alters no table before that is done."""
    if connections[using].vendor == "postgresql":
        triggers.run(using, ["SET CONSTRAINTS ALL IMMEDIATE"])


def before_migration(
    sender: object, using: str, plan: list | None = None, **kwargs: object
) -> None:
    """Receiver of pre_migrate."""
    if plan:
        migrating.add(using)
        triggers.remove(using)


def after_migration(
    sender: object, using: str, plan: list | None = None, **kwargs: object
) -> None:
    """Receiver of post_migrate. A migration that died leaves no guards: the next run
    puts them up."""
    migrating.discard(using)
    forget_tables(using)
    connection = connections[using]
    if plan is not None and not is_migrated(connection) or not has_ledger(connection):
        return
    if plan:
        with transaction.atomic(using):
            for subject in subjects():
                record_existing_rows(subject, using)
    triggers.install(using)


def is_migrated(connection: BaseDatabaseWrapper) -> bool:
    """Whether every migration is applied: only then models and tables fit."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def record_existing_rows(subject: Subject, using: str = DEFAULT_DB_ALIAS) -> int:
    """Lines for what stood before there was a record of it, or was changed by a
    migration: "taken over, not witnessed". How many.

    Frozen rows are taken over once, when no line tells of any: one that came later
    without a line is what a check has to find.
    """
    if subject.table not in connections[using].introspection.table_names():
        return 0
    by = actor_of(None)
    if subject.frozen:
        entries = Entry.objects.using(using).filter(subject=subject.label)
        drafts: Iterable[Draft] = () if entries.exists() else _first(subject, using, by)
    else:
        drafts = unrecorded(subject, pairs(subject, using), by)
    return append_all((_taken_over(draft) for draft in drafts), using)


def _taken_over(draft: Draft) -> Draft:
    kind = draft.kind if draft.kind == REMOVED else "taken over"
    return replace(draft, kind=kind, note="As it stood; not witnessed.")


def _first(subject: Subject, using: str, by: Actor) -> Iterator[Draft]:
    for pair in pairs(subject, using):
        if pair.row:
            yield Draft(
                "added", subject.all_facts(pair.row), by, subject.label, pair.pk
            )
