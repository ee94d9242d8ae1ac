"""live(): which editions readers see at a given time. The only gate."""

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import F, Min, Q
from django.utils import timezone

from .frozen import FrozenQuerySet

if TYPE_CHECKING:
    # In typing from Python 3.11 on.
    from typing_extensions import Self

Row = TypeVar("Row", bound=models.Model)


class LifetimeQuerySet(FrozenQuerySet[Row]):
    """A queryset of rows with `live_from` and `live_until`, such as Edition."""

    def live(self, at: datetime | None = None) -> "Self":
        """What the public sees (at a time, by default now): the only gate."""
        at = at or timezone.now()
        return self.filter(live_from__lte=at).filter(
            Q(live_until=None) | Q(live_until__gt=at)
        )

    def not_cancelled(self) -> "Self":
        """What is, was or will be public."""
        return self.exclude(live_until=F("live_from"))

    def ever_public(self, at: datetime | None = None) -> "Self":
        """What is or was public: nothing scheduled or cancelled."""
        return self.not_cancelled().filter(live_from__lte=at or timezone.now())

    def next_changes(self, after: datetime) -> tuple[datetime | None, datetime | None]:
        """When the next row goes live, and when the next live one ends (or None)."""
        coming = self.filter(live_from__gt=after).aggregate(at=Min("live_from"))
        ending = self.filter(live_until__gt=after).aggregate(at=Min("live_until"))
        return coming["at"], ending["at"]

    def changed(self, after: datetime, by: datetime) -> bool:
        """Whether anything went live or ended in between."""
        began = Q(live_from__gt=after, live_from__lte=by)
        ended = Q(live_until__gt=after, live_until__lte=by)
        return self.not_cancelled().filter(began | ended).exists()
