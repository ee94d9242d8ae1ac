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
    """Of rows with `live_from` and `live_until`, as Edition has them."""

    def live(self, at: datetime | None = None) -> "Self":
        """The editions the public reads (at a moment, by default now): the one gate."""
        at = at or timezone.now()
        return self.filter(live_from__lte=at).filter(
            Q(live_until=None) | Q(live_until__gt=at)
        )

    def not_cancelled(self) -> "Self":
        """The editions that are, were or will be readable."""
        return self.exclude(live_until=F("live_from"))

    def ever_public(self, at: datetime | None = None) -> "Self":
        """The editions that are or were readable; not those to come or cancelled."""
        return self.not_cancelled().filter(live_from__lte=at or timezone.now())

    def next_changes(self, after: datetime) -> tuple[datetime | None, datetime | None]:
        """When the next edition goes up, and when the next comes down (or None)."""
        coming = self.filter(live_from__gt=after).aggregate(at=Min("live_from"))
        ending = self.filter(live_until__gt=after).aggregate(at=Min("live_until"))
        return coming["at"], ending["at"]

    def changed(self, after: datetime, by: datetime) -> bool:
        """Whether readers got or lost an edition in between, whoever made it so."""
        began = Q(live_from__gt=after, live_from__lte=by)
        ended = Q(live_until__gt=after, live_until__lte=by)
        return self.not_cancelled().filter(began | ended).exists()
