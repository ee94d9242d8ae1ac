"""Models whose rows never change and are never deleted; only their end may be set."""

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

ENDING = {"live_until", "ended_by"}
Row = TypeVar("Row", bound=models.Model)


class FrozenEdition(Exception):
    """Someone tried to change or delete what was published."""


class FrozenQuerySet(models.QuerySet[Row]):
    def update(self, **values: Any) -> int:
        refuse_unless_ending(values)
        return super().update(**values)

    # bulk_update() would go past update()'s own rule field by field.
    def bulk_update(
        self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        names = list(fields)
        refuse_unless_ending(names)
        return super().bulk_update(objs, names, batch_size)

    def delete(self) -> NoReturn:
        refuse_deletion()


class Frozen(models.Model):
    class Meta:
        abstract = True

    def save(
        self, *, update_fields: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        if not self._state.adding:
            refuse_unless_ending(update_fields or ["everything"])
        super().save(update_fields=update_fields, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse_deletion()


def refuse_unless_ending(fields: Iterable[str]) -> None:
    if not set(fields) <= ENDING:
        raise FrozenEdition("Only the end of an edition may still be set.")


def refuse_deletion() -> NoReturn:
    raise FrozenEdition("Editions are the firm's record and are never deleted.")
