"""Two people, one form: the row is locked between the look and the save."""

from typing import Any

import pytest
from django.db.models import Model, QuerySet
from django.forms import modelform_factory
from django.test import Client

from lawblog.desk.locking import VersionTokenForm, version_token
from offices.models import Office


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> list[type[Model]]:
    """The models whose rows were asked for with a lock, on SQLite too, which has no
    words for it."""
    models: list[type[Model]] = []
    lock = QuerySet.select_for_update

    def spy(rows: QuerySet, *args: Any, **options: Any) -> QuerySet:
        models.append(rows.model)
        return lock(rows, *args, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", spy)
    return models


def test_nobody_comes_between_the_look_and_the_save(
    set_up: None, locked: list[type[Model]]
) -> None:
    office = Office.objects.get(slug="fort-lee")
    form_class = modelform_factory(Office, VersionTokenForm, fields=["name"])
    data = {"name": "Fort Lee", "version_token": version_token(office)}
    assert form_class(data, instance=office).is_valid()
    assert locked == [Office]


def test_a_switch_holds_its_office(
    staff_client: Client, fort_lee: Office, locked: list[type[Model]]
) -> None:
    data = {"what": "appointment", "version_token": version_token(fort_lee)}
    staff_client.post(f"/admin/offices/office/{fort_lee.pk}/switch/", data)
    assert locked[0] is Office
