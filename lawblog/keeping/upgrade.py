"""Upgrades an archive of an older version: its rows are loaded into tables as they were
then, which are then migrated as a site's would be."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.core.management.sql import emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from lawblog.records import restoring
from lawblog.records.watching import unwatched

from .archive import Archive, ArchiveError, ArchiveWriter, Manifest, opened
from .backup import applied, write_rows
from .databases import in_place_of_default, sqlite_file
from .loading import load

Node = tuple[str, str]


def nodes_of(manifest: Manifest) -> set[Node]:
    return {(app, name) for app, name in manifest.migrations}


def refuse_unknown_migrations(manifest: Manifest) -> None:
    """ArchiveError for an archive of a newer version, or of another site."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update((app, name) for app, name in migration.replaces)
    if unknown := sorted(nodes_of(manifest) - known):
        app, name = unknown[0]
        raise ArchiveError(
            f"This backup is of a newer version of the software, or of another: it has "
            f"{app}.{name}, which this one does not know. Update the software, then "
            "restore."
        )


@contextmanager
def as_of_today(archive: Archive, folder: Path) -> Iterator[Archive]:
    """Yields the archive itself, or, of an older one, another with its rows alone."""
    today = set(MigrationLoader(None).graph.nodes)
    then = nodes_of(archive.manifest) & today
    if then == today:
        yield archive
        return
    path = folder / "upgraded.zip"
    with in_place_of_default(sqlite_file(folder / "old.sqlite3")):
        # As while a site is migrated: models and tables do not fit each other.
        emit_pre_migrate_signal(0, False, DEFAULT_DB_ALIAS)
        _load_as_it_was(archive, then)
        call_command("migrate", verbosity=0, interactive=False)
        _write_rows_to(path, archive.manifest)
    with opened(path) as upgraded:
        yield upgraded


def _load_as_it_was(archive: Archive, then: set[Node]) -> None:
    executor = MigrationExecutor(connection)
    leaves = leaves_of(then, executor.loader)
    executor.migrate(leaves)
    # Its rows come with their own lines of the record.
    with unwatched(), transaction.atomic():
        load(archive, executor.loader.project_state(leaves).apps)


def leaves_of(nodes: set[Node], loader: MigrationLoader) -> list[Node]:
    """Those of these migrations that none of the others needs. Django would take one
    that is needed for a state to go back to."""
    children = {node: loader.graph.node_map[node].children for node in nodes}
    return sorted(node for node in nodes if not any(c in nodes for c in children[node]))


def _write_rows_to(path: Path, old: Manifest) -> None:
    with path.open("wb") as file:
        writer = ArchiveWriter(file)
        manifest = Manifest(
            made_at=old.made_at,
            site=old.site,
            database=old.database,
            migrations=applied(),
            ledger=restoring.head(),
        )
        write_rows(writer)
        manifest.parts = writer.parts
        writer.finish(manifest)
