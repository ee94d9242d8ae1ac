"""Replacing what a PostgreSQL database holds, in one transaction. Readers see the old
rows until it is committed; whoever saves meanwhile waits."""

from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from lawblog.models import SiteVersion

from . import backup
from .loading import lock


def replace(
    fill: Callable[[], None],
    save: Callable[[], Path | None],
    proven: Callable[[], None],
) -> Path | None:
    """fill() replaces the rows; save() keeps what is replaced, and its result is
    returned; proven() is called last."""
    if not backup.applied():
        call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        lock()
        saved = save()
        fill()
        # Pages of the old rows are then of an older version.
        SiteVersion.objects.move()
        proven()
    return saved
