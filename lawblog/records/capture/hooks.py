"""What other packages register with captures, from their apps' ready()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# (kind, facts, who): writes a line of the ledger, in a transaction that is open.
Recorder = Callable[[str, dict[str, Any], str], object]
# (after, by): whether something that readers see was changed in between, by people.
Changed = Callable[[datetime, datetime], bool]


@dataclass
class Hooks:
    recorders: list[Recorder] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    # The ledger's lines, from the first.
    lines: list[Callable[[], Iterable[str]]] = field(default_factory=list)
    # The page on which alone an address hangs, or "".
    hanging: list[Callable[[str], str]] = field(default_factory=list)
    # {name of a manifest: SHA-256} as the ledger has them.
    digests: list[Callable[[], dict[str, str]]] = field(default_factory=list)


hooks = Hooks()


def register_recorder(recorder: Recorder) -> None:
    """The ledger, which gets a line for each capture and each removal."""
    hooks.recorders.append(recorder)


def register_change_check(check: Changed) -> None:
    """check(after, by): whether people changed what readers see in between. Then a
    capture is due."""
    hooks.changed.append(check)


def register_page_finder(page_of: Callable[[str], str]) -> None:
    """page_of(address): the page that shows all that this address is made of, or "". A
    capture after a change does not ask for it while the page is the same."""
    hooks.hanging.append(page_of)


def record(kind: str, facts: dict[str, Any], by: str) -> None:
    for recorder in hooks.recorders:
        recorder(kind, facts, by)
