"""The firm as `manage.py setup` leaves it, and as an attorney has finished it."""

import io
from collections.abc import Iterable
from copy import copy
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.test import override_settings

from helpers.noted import MADE, Noted
from lawblog.models import Entry
from lawblog.records.watching import unwatched
from offices.models import Attorney, Firm

Rows = dict[type[Model], list[Model]]
# A number that no counter comes to.
ANNA = 1_000_001


@pytest.fixture(scope="session")
def rows_of_setup() -> Rows:
    """{model: rows that the command writes}, filled by set_up."""
    return {}


@pytest.fixture
def set_up(db: None, rows_of_setup: Rows, noted: Noted) -> None:
    """What `manage.py setup` leaves: offices, roles and the two accounts.

    The command runs once; after that its rows are put back with the record's lines
    about them, which is much quicker than having the lines written each time.
    """
    if not rows_of_setup:
        with time_machine.travel(MADE, tick=False):
            rows_of_setup |= _run_setup()
    noted.again("set up", lambda: _put_back(rows_of_setup))


@pytest.fixture
def finished_firm(set_up: None, noted: Noted) -> None:
    """What an attorney must fill in before approving anything."""
    noted.again("finish", _finish)


def _finish() -> None:
    named = {"name": "Anna Example", "slug": "anna", "admissions": "NJ"}
    anna = Attorney.objects.create(pk=ANNA, **named)
    Firm.objects.update(name="Example Firm", responsible_attorney=anna)


def _put_back(rows: Rows) -> None:
    if Entry.objects.exists():  # A line's place in the chain is taken.
        _insert({model: made for model, made in rows.items() if model is not Entry})
    else:
        with unwatched():
            _insert(rows)


def _run_setup() -> Rows:
    """{model: its rows} that the command writes, which is then undone."""
    # It counts the writes, these too.
    models = apps.get_models(include_auto_created=True)
    models = [model for model in models if model.__name__ != "SiteVersion"]
    # It takes stock of stored pictures, also of those that another test left.
    nowhere = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    empty = override_settings(STORAGES={**settings.STORAGES, "default": nowhere})
    with transaction.atomic(), empty:
        there = {m: list(_all(m).values_list("pk", flat=True)) for m in models}
        call_command("setup", stdout=io.StringIO())
        written = {m: list(_all(m).exclude(pk__in=there[m])) for m in models}
        transaction.set_rollback(True)
    return {model: rows for model, rows in written.items() if rows}


def _all(model: type[Model]) -> Any:
    return model._default_manager.all()


def _insert(rows: Rows) -> None:
    for model, made in rows.items():
        model._default_manager.bulk_create(map(copy, made))
    _count_on_from(rows.keys() - {Entry})


def _count_on_from(models: Iterable[type[Model]]) -> None:
    """PostgreSQL's counters know nothing of rows that came with their numbers."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
