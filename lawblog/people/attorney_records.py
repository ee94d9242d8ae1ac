"""Links accounts to the attorneys that readers see. The app that stores attorneys
registers how."""

from abc import ABC, abstractmethod

from django.contrib.auth.models import User


class Records(ABC):
    @abstractmethod
    def free(self) -> list[tuple[str, str]]:
        """(number, name) of those that no account belongs to."""

    @abstractmethod
    def link(self, number: str, user: User) -> None:
        """Give one of free() this account. Nothing happens if it has one by now."""

    @abstractmethod
    def names(self) -> dict[int, str]:
        """{number of an account: name of its attorney}."""


_records: list[Records] = []


def register_attorney_records(records: Records) -> None:
    _records[:] = [records]


def records() -> Records:
    return _records[0]
