from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Sum

from lawblog.desk.autosave_model import Autosaved
from lawblog.media.models import Picture
from lawblog.people.models import Attempts, DeskSession, PasswordLink
from lawblog.records.models import Entry, Verification
from lawblog.site.former_addresses import FormerAddress

__all__ = [
    "Attempts",
    "Autosaved",
    "DeskSession",
    "Entry",
    "FormerAddress",
    "PasswordLink",
    "Picture",
    "Role",
    "SiteVersion",
    "Verification",
]

# Older than the model's name.
_TABLE = "lawblog_generation"
_ONE = f"SELECT id FROM {_TABLE} LIMIT 1%s"  # noqa: S608
_MOVE = f"UPDATE {_TABLE} SET moves = moves + 1 WHERE id = ({_ONE})"  # noqa: S608


class SiteVersionQuerySet(models.QuerySet["SiteVersion"]):
    _db: str | None  # what using() named; the stubs do not know it

    def current(self) -> int:
        """The site's version: a number that grows with every committed change."""
        total: int | None = self.aggregate(total=Sum("moves"))["total"]
        return total or 0

    def move(self) -> None:
        """Count a change, in the transaction that makes it."""
        # Two people who save at once take one row each, so that neither waits. Written
        # as SQL, since every write asks for it: the ORM's way took twice as long.
        database = connections[self._db or DEFAULT_DB_ALIAS]
        skip = database.features.has_select_for_update_skip_locked
        with database.cursor() as cursor:
            cursor.execute(_MOVE % (" FOR UPDATE SKIP LOCKED" if skip else ""))
            if not cursor.rowcount:
                self.create(moves=1)


class SiteVersion(models.Model):
    """Counts the changes of what public pages print (lawblog/pagecache/version.py)."""

    moves = models.BigIntegerField()

    objects = SiteVersionQuerySet.as_manager()

    class Meta:
        db_table = _TABLE

    def __str__(self) -> str:
        return str(self.moves)


class Role(models.Model):
    """A group that setup made, and every right that setup ever gave it: those of them
    that the group no longer has were taken away on purpose."""

    group = models.OneToOneField("auth.Group", models.CASCADE, primary_key=True)
    given = models.ManyToManyField("auth.Permission")

    def __str__(self) -> str:
        return str(self.group)
