"""Whether the database is as this version of the site needs it."""

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

UNMIGRATED = "The database is not as this version needs it: run manage.py migrate."
NEWER = (
    "The database was used by a newer version of this site (it has {}): install that "
    "version again, or restore a backup from before it."
)


def migration_fault() -> str | None:
    """A sentence, or None. Raises django.db.Error while the database is away."""
    loader = MigrationLoader(connection)
    missing = set(loader.graph.nodes) - set(loader.applied_migrations)
    return newer_fault(loader) or (UNMIGRATED if missing else None)


def newer_fault(loader: MigrationLoader) -> str | None:
    """A sentence where it has what this version does not know."""
    there = set(loader.applied_migrations)
    known = set(loader.graph.nodes)
    for migration in loader.disk_migrations.values():
        known.update((migration.app_label, name) for _, name in migration.replaces)
    installed = {app.label for app in apps.get_app_configs()}
    if unknown := sorted(n for n in there - known if n[0] in installed):
        return NEWER.format(".".join(unknown[0]))
    return None
