"""A system check: whether the guards are in force."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Notice

from . import triggers


@register(Tags.database)
def guards_are_in_force(
    app_configs: object, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """A warning, not an error: `migrate` asks too, and is what puts them up."""
    found = []
    for using in databases or ():
        if using != "replica" and (names := triggers.missing(using)):
            found.append(missing(using, names))
    return found


def missing(using: str, names: Sequence[str]) -> CheckMessage:
    return Notice(
        f"The record is not guarded in the database {using}: {', '.join(names)}.",
        hint="Run “manage.py migrate”, then “manage.py verify_record”.",
        id="lawblog.W020",
    )
