"""What other packages register with this one, for restores."""

from collections.abc import Callable

rebuilds: list[Callable[[], object]] = []
# Tables that no archive carries and that a restore empties. Whoever is signed in signs
# in again: a number may be another person's now.
emptied = {"sessions.session", "lawblog.desksession", "lawblog.attempts"}
# Those that no archive carries and that a restore leaves as they are, since they are of
# this machine: the version of its kept pages, and when its jobs last ran.
untouched = {"lawblog.siteversion", "keeping.jobrun"}


def register_rebuild(rebuild: Callable[[], object]) -> None:
    """For what is made from rows, like an index: rebuild() makes it anew, in the
    default database and within a transaction."""
    rebuilds.append(rebuild)


def register_emptied(*labels: str) -> None:
    """labels: of tables, like "sessions.session"."""
    emptied.update(label.lower() for label in labels)
