"""What other packages register with this one."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TypedDict


class Head(TypedDict):
    """The end of the ledger: how many lines, and the hash of the last."""

    seq: int
    head: str


# Entered, with the alias of the database, while rows are replaced.
WhileLoading = Callable[[str], AbstractContextManager[object]]


@dataclass
class Hooks:
    while_loading: list[WhileLoading] = field(default_factory=list)
    after_loading: list[Callable[[], object]] = field(default_factory=list)
    heads: list[Callable[[], Head]] = field(default_factory=list)
    checks: list[Callable[[], Iterable[str]]] = field(default_factory=list)
    # Labels like "sessions.session" of tables that no archive carries…
    emptied: set[str] = field(default_factory=set)
    # …and of those that belong to this machine, and outlive a restore.
    untouched: set[str] = field(default_factory=set)


hooks = Hooks()


def register_guard(manager: WhileLoading) -> None:
    """For what guards tables: manager(alias) lifts the guard and puts it back, and
    leaves no trace, so that the rows afterwards are those of the archive."""
    hooks.while_loading.append(manager)


def register_rebuild(rebuild: Callable[[], object]) -> None:
    """For what is made from rows, like an index: rebuild() makes it anew, in the
    default database and within a transaction."""
    hooks.after_loading.append(rebuild)


def register_ledger_head(read: Callable[[], Head]) -> None:
    """read() is written into each archive, and compared after a restore."""
    hooks.heads.append(read)


def register_check(check: Callable[[], Iterable[str]]) -> None:
    """check() gives sentences that say what is wrong with what the default database
    holds; with any, a restore is undone."""
    hooks.checks.append(check)


def empty_on_restore(*labels: str) -> None:
    """Tables that no archive carries and that a restore empties, like sessions."""
    hooks.emptied.update(label.lower() for label in labels)


def keep_on_restore(*labels: str) -> None:
    """Tables that no archive carries and that a restore leaves as they are."""
    hooks.untouched.update(label.lower() for label in labels)


def head() -> Head | None:
    """The end of the ledger in the default database; None without a ledger."""
    return hooks.heads[0]() if hooks.heads else None
