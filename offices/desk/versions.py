"""An office's changes in plain words, from the versions that reversion keeps."""

from dataclasses import dataclass
from datetime import datetime

import reversion
from reversion.models import Revision, Version

from offices.models import Closure, Office, OfficeHours

# Bookkeeping, not facts about the office.
HIDDEN = {"id", "updated_at"}


@dataclass(frozen=True)
class Change:
    """What one save changed: `lines` like 'By appointment only: off → on'."""

    at: datetime
    by: str
    lines: list
    # The state before it, to which the office can be put back; None for the first.
    before: Revision | None


def record(offices, user):
    """Keeps a version of each office (by id) with all that belongs to it, as the
    user's: for changes of what belongs to it that do not save the office."""
    with reversion.create_revision():
        reversion.set_user(user)
        for office in Office.objects.filter(pk__in=offices):
            reversion.add_to_revision(office)


def changes(office):
    """All recorded Changes of an office, newest first. Saves that changed nothing
    are left out."""
    versions = Version.objects.get_for_object(office).select_related("revision__user")
    found, before, earlier = [], {}, None
    for version in versions.order_by("pk"):
        after = facts(version.revision, office)
        lines = differences(before, after) if earlier else ["First recorded"]
        if lines:
            who = version.revision.user
            by = str(who.get_full_name() or who) if who else "set-up"
            found.append(Change(version.revision.date_created, by, lines, earlier))
        before, earlier = after, version.revision
    return found[::-1]


def about(revision, office):
    """The Versions in a revision that are of the office, its hours or its closures. A
    revision may hold several offices, and rows of other tables with the same number."""
    versions = revision.version_set.select_related("content_type")
    return [version for version in versions if _is_of(version, office)]


def _is_of(version, office):
    owner = {Office: "id", OfficeHours: "office_id", Closure: "office_id"}
    name = owner.get(version._model)
    return bool(name) and version.field_dict[name] == office.pk


def earlier_state(office, revision):
    """The Versions of an office in a revision (its number) that holds the office's own
    row. Raises Version.DoesNotExist for any other revision."""
    own = Version.objects.get_for_object(office).select_related("revision")
    return about(own.get(revision=revision).revision, office)


def facts(revision, office):
    """{label: words} of everything that a revision says of an office."""
    words, hours, closures = {}, [], []
    for version in about(revision, office):
        model, values = version._model, version.field_dict
        if model is Office:
            words |= {
                str(Office._meta.get_field(name).verbose_name): in_words(value)
                for name, value in values.items()
                if name not in HIDDEN
            }
        elif model is OfficeHours:
            hours.append((values["weekday"], values["opens"], OfficeHours(**values)))
        elif model is Closure:
            closures.append((values["first_day"], values["id"], Closure(**values)))
    for label, rows in (("hours", hours), ("closures", closures)):
        words[label] = "; ".join(
            str(row) for *_, row in sorted(rows, key=lambda r: r[:2])
        )
    return words


def in_words(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def differences(before, after):
    lines = []
    for label, new in after.items():
        old = before.get(label, "")
        if old != new:
            label = label[:1].upper() + label[1:]
            lines.append(f"{label}: {old or 'nothing'} → {new or 'nothing'}")
    return lines
