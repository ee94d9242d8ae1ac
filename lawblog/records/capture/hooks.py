"""What other apps register with captures."""

from collections.abc import Callable
from datetime import datetime

# (after, by): whether something that readers see was changed in between, by people.
Changed = Callable[[datetime, datetime], bool]
change_checks: list[Changed] = []
# The page on which alone an address hangs, or "".
page_finders: list[Callable[[str], str]] = []


def register_change_check(check: Changed) -> None:
    """check(after, by): whether what readers see was changed in between, without a line
    in the record. Then a capture is due."""
    change_checks.append(check)


def register_page_finder(page_of: Callable[[str], str]) -> None:
    """page_of(address): the page that shows all that this address is made of, or "". A
    capture after a change does not ask for it while the page is the same."""
    page_finders.append(page_of)
