"""Connects receivers and fills registries for lawblog itself. Imported by apps.py."""

from datetime import timedelta

from django.apps import apps
from django.db.backends.signals import connection_created
from django.db.models.signals import (
    post_migrate,
    post_save,
    pre_migrate,
    pre_save,
)

# Importing them registers the system checks and the accounts' forms.
from . import checks  # noqa: F401
from .database import statistics
from .desk.launch import register_launch_items
from .keeping import hooks, housekeeping, redirects
from .keeping import launch as kept
from .models import Autosaved
from .pagecache.version import row_saved, watch_writes
from .people import admin, receivers  # noqa: F401
from .people import checks as people_checks  # noqa: F401
from .people import launch as second_factors
from .printable_rows import drop_unprintable
from .records import checks as record_checks  # noqa: F401
from .records import people, watching, without_guards
from .site import launch as server
from .site.former_addresses import former_paths

# After the migrations of this app the record's guards are put up again.
_app = apps.get_app_config("lawblog")
connection_created.connect(watch_writes)
pre_save.connect(drop_unprintable)
post_save.connect(row_saved)
connection_created.connect(watching.watch)
pre_migrate.connect(without_guards.before_migration, sender=_app)
post_migrate.connect(without_guards.after_migration, sender=_app)
people.register_people()
receivers.connect_receivers()
hooks.register_rebuild(statistics.refresh)
housekeeping.register_job(
    "unsaved text", Autosaved.objects.prune, every=timedelta(days=1)
)
redirects.register_former_paths(former_paths)
register_launch_items(second_factors.items, place=60)
register_launch_items(kept.items, place=80)
register_launch_items(server.items, place=90)
