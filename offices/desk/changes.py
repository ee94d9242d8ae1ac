"""An office's changes in plain words, from the versions that django-reversion
stores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import reversion
from django.contrib.auth.models import AbstractUser
from reversion.models import Revision, Version

from lawblog.people.accounts import name_of
from offices.models import Closure, Office, OfficeHours

# Bookkeeping, not facts about the office.
HIDDEN = {"id", "updated_at"}

# One version holds an office with its hours and closures, whichever form saves it.
for _model in (OfficeHours, Closure):
    reversion.register(_model)
reversion.register(Office, follow=("hours", "own_closures"))


@dataclass(frozen=True)
class Change:
    """What one save changed: `lines` like 'By appointment only: off → on'."""

    at: datetime
    by: str
    lines: list[str]
    # The state before it, to which the office can be put back; None for the first.
    before: Revision | None


def record(offices: Iterable[int | None], user: AbstractUser) -> None:
    """Keeps a version of each office (by id) with its hours and closures, as the
    user's: for changes of those that do not save the office itself. It is saved, so
    that whoever has the office's form open, which shows them, is told."""
    with reversion.create_revision():
        reversion.set_user(user)
        saved = [pk for pk in offices if pk is not None]
        rows = Office.objects.select_for_update(no_key=True).order_by("pk")
        for office in rows.filter(pk__in=saved):
            office.save()
            reversion.add_to_revision(office)


def changes(office: Office) -> list[Change]:
    """All recorded Changes of an office, newest first. Saves that changed nothing
    are left out."""
    versions = Version.objects.get_for_object(office).select_related("revision__user")
    found: list[Change] = []
    before: dict[str, str] = {}
    earlier = None
    for version in versions.order_by("pk"):
        after = facts(version.revision, office)
        lines = differences(before, after) if earlier else ["First recorded"]
        if lines:
            who = version.revision.user
            by = name_of(who) if who else "set-up"
            found.append(Change(version.revision.date_created, by, lines, earlier))
        before, earlier = after, version.revision
    return found[::-1]


def newest(office: Office) -> int:
    """The number of its newest version, which its page of changes knows; 0: none."""
    found = Version.objects.get_for_object(office).order_by("-pk").first()
    return found.pk if found else 0


def about(revision: Revision, office: Office) -> list[Version]:
    """The Versions in a revision that are of the office, its hours or its closures. A
    revision may hold several offices, and rows of other tables with the same number."""
    versions = revision.version_set.select_related("content_type")
    return [version for version in versions if _is_of(version, office)]


def _is_of(version: Version, office: Office) -> bool:
    owner = {Office: "id", OfficeHours: "office_id", Closure: "office_id"}
    name = owner.get(version._model)
    return bool(name) and version.field_dict[name] == office.pk


def earlier_state(office: Office, revision: int) -> list[Version]:
    """The Versions of an office in a revision (its number) that holds the office's own
    row. Raises Version.DoesNotExist for any other revision."""
    own = Version.objects.get_for_object(office).select_related("revision")
    return about(own.get(revision=revision).revision, office)


def facts(revision: Revision, office: Office) -> dict[str, str]:
    """{label: words} of everything that a revision says of an office."""
    words: dict[str, str] = {}
    hours: list[tuple[int, time, str]] = []
    closures: list[tuple[date, int, str]] = []
    for version in about(revision, office):
        model, values = version._model, version.field_dict
        if model is Office:
            words |= own_facts(values)
        elif model is OfficeHours:
            row = str(OfficeHours(**values))
            hours.append((values["weekday"], values["opens"], row))
        elif model is Closure:
            closures.append((values["first_day"], values["id"], str(Closure(**values))))
    words["hours"] = "; ".join(row for *_, row in sorted(hours))
    words["closures"] = "; ".join(row for *_, row in sorted(closures))
    return words


def own_facts(values: Mapping[str, Any]) -> dict[str, str]:
    """{label: words} of an office's own fields."""
    words = {}
    for name, value in values.items():
        if name not in HIDDEN:
            field = Office._meta.get_field(name)
            words[str(getattr(field, "verbose_name", name))] = in_words(value)
    return words


def in_words(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Lines like 'Phone: nothing → (201) 448-9837'."""
    lines = []
    for label, new in after.items():
        old = before.get(label, "")
        if old != new:
            name = label[:1].upper() + label[1:]
            lines.append(f"{name}: {old or 'nothing'} → {new or 'nothing'}")
    return lines
