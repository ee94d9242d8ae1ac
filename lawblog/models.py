from django.db import connection, models
from django.db.models import F, Sum

from lawblog.people.models import Attempts, DeskSession, PasswordLink
from lawblog.records.models import Entry, Verification
from lawblog.site.addresses import FormerAddress

__all__ = [
    "Attempts",
    "DeskSession",
    "Entry",
    "FormerAddress",
    "PasswordLink",
    "Role",
    "SiteVersion",
    "Verification",
]


class SiteVersionQuerySet(models.QuerySet["SiteVersion"]):
    def current(self) -> int:
        """The site's version: a number that grows with every committed change."""
        total: int | None = self.aggregate(total=Sum("moves"))["total"]
        return total or 0

    def move(self) -> None:
        """Count a change, in the transaction that makes it."""
        # Two people who save at once take one row each, so that neither waits.
        skip = connection.features.has_select_for_update_skip_locked
        lane = self.select_for_update(skip_locked=skip).first()
        if lane:
            self.filter(pk=lane.pk).update(moves=F("moves") + 1)
        else:
            self.create(moves=1)


class SiteVersion(models.Model):
    """Counts the changes of what public pages print (lawblog/pagecache/version.py)."""

    moves = models.BigIntegerField()

    objects = SiteVersionQuerySet.as_manager()

    class Meta:
        # The table is older than the name.
        db_table = "lawblog_generation"

    def __str__(self) -> str:
        return str(self.moves)


class Role(models.Model):
    """A group that setup made, and every right that setup ever gave it: those of them
    that the group no longer has were taken away on purpose."""

    group = models.OneToOneField("auth.Group", models.CASCADE, primary_key=True)
    given = models.ManyToManyField("auth.Permission")

    def __str__(self) -> str:
        return str(self.group)
