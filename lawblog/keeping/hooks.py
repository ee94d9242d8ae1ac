"""What other packages register with this one, for restores."""

from collections.abc import Callable

rebuilds: list[Callable[[], object]] = []
# Labels like "sessions.session" of tables that no archive carries…
emptied: set[str] = set()
# …and of those that belong to this machine, and outlive a restore.
untouched: set[str] = set()


def register_rebuild(rebuild: Callable[[], object]) -> None:
    """For what is made from rows, like an index: rebuild() makes it anew, in the
    default database and within a transaction."""
    rebuilds.append(rebuild)


def register_emptied(*labels: str) -> None:
    """Tables that no archive carries and that a restore empties, like sessions."""
    emptied.update(label.lower() for label in labels)


def register_untouched(*labels: str) -> None:
    """Tables that no archive carries and that a restore leaves as they are."""
    untouched.update(label.lower() for label in labels)
