"""Text that somebody typed into a form of the desk and has not saved yet."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.http import QueryDict
from django.utils import timezone

# After this time it is no longer offered, and housekeeping deletes it.
KEPT_FOR = timedelta(days=30)
# How many are kept for one person; the oldest go first.
MAX_COPIES = 50


class AutosavedQuerySet(models.QuerySet["Autosaved"]):
    def of(self, person: User, form: str) -> "AutosavedQuerySet":
        """What a person typed into a form and did not save, the newest first."""
        since = timezone.now() - KEPT_FOR
        return self.filter(person=person, form=form, typed_at__gt=since)

    def keep(self, person: User, name: str, form: str, fields: str) -> "Autosaved":
        """Keep a form as it is now; `fields` as Autosaved has them."""
        kept, is_new = self.update_or_create(
            person=person,
            name=name,
            defaults={"form": form, "fields": fields, "typed_at": timezone.now()},
        )
        if is_new:
            rows = self.filter(person=person).order_by("-typed_at", "-pk")
            newest = list(rows.values_list("pk", flat=True)[:MAX_COPIES])
            self.filter(person=person).exclude(pk__in=newest).delete()
        return kept

    def prune(self) -> str | None:
        """Delete what is too old to be offered; for housekeeping."""
        old = self.filter(typed_at__lte=timezone.now() - KEPT_FOR)
        count, _ = old.delete()
        return f"Unsaved text taken away: {count}." if count else None


class Autosaved(models.Model):
    """`name` is that of one open page, which made it up; `form` says what the page is
    for: "posts.post 7", "posts.post new"; `fields` is the form as a browser sends it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    name = models.CharField(max_length=40)
    form = models.CharField(max_length=60)
    fields = models.TextField()
    typed_at = models.DateTimeField(db_index=True)

    objects = AutosavedQuerySet.as_manager()

    class Meta:
        ordering = ("-typed_at", "-pk")
        indexes = (models.Index(fields=["person", "form"], name="autosaved_form"),)
        constraints = (
            models.UniqueConstraint(
                fields=["person", "name"], name="autosaved_once_a_page"
            ),
        )

    def __str__(self) -> str:
        return f"Text of {self.form}"

    @property
    def data(self) -> QueryDict:
        return QueryDict(self.fields)

    @property
    def row(self) -> str:
        """The number of the row that the form is about; "new" for none yet."""
        return self.form.partition(" ")[2]
