"""Redirects for renamed slugs: the former address of a topic, a series, an office or an
attorney leads to its present one, with its feeds and cards."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from lawblog.site.page_language import use_language


class FormerAddressQuerySet(models.QuerySet["FormerAddress"]):
    def note(self, row: "Addressed", slug: str) -> None:
        """From now on, the former address leads to the row. What led to an address
        that is the row's own again leads nowhere else any more."""
        kind = row._meta.label
        self.update_or_create(kind=kind, slug=slug, defaults={"row": row.pk})
        self.filter(kind=kind, slug=row.slug).delete()

    def hand_over(self, row: "Addressed", *, to: "Addressed") -> None:
        """Everything that leads to one row, its present address too, leads to another
        one: before the first is deleted."""
        self.filter(kind=row._meta.label, row=row.pk).update(row=to.pk)
        self.note(to, row.slug)

    def row_of(self, model: type[models.Model], slug: str) -> int | None:
        """The primary key of the row that was once at the address."""
        found = self.filter(kind=model._meta.label, slug=slug)
        row: int | None = found.values_list("row", flat=True).first()
        return row


class FormerAddress(models.Model):
    kind = models.CharField(max_length=50, help_text="The model's label.")
    slug = models.SlugField(max_length=100)
    row = models.BigIntegerField(help_text="The row that is elsewhere now.")

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        app_label = "lawblog"
        constraints = (
            models.UniqueConstraint(fields=["kind", "slug"], name="former_address"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class Addressed(models.Model):
    """A row with a `slug` in public addresses; save() notes a former one."""

    slug: Any

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        rows: models.QuerySet[Any, Any] = type(self)._base_manager.filter(pk=self.pk)
        before = rows.first() if self.pk else None
        super().save(**kwargs)
        # What readers do not see yet takes no address from what they do.
        if not is_shown(self):
            return
        if before and before.slug != self.slug and is_shown(before):
            FormerAddress.objects.note(self, before.slug)
        # From now on the address is this row's own.
        FormerAddress.objects.filter(kind=self._meta.label, slug=self.slug).delete()


def is_shown(row: models.Model) -> bool:
    """Whether the attorney let readers see the row, where that is asked of its kind."""
    return bool(getattr(row, "is_public", True))


def row_formerly_at(rows: models.QuerySet[Any], slug: str) -> Any | None:
    """The row among `rows`, those that readers see, that was once at the address."""
    former = FormerAddress.objects.row_of(rows.model, slug)
    return rows.filter(pk=former).first() if former else None


def former_paths() -> Iterator[str]:
    """Paths of the pages that rows were once at, in each language."""
    for former in FormerAddress.objects.order_by("pk"):
        row = apps.get_model(former.kind)._base_manager.filter(pk=former.row).first()
        for code, _ in settings.LANGUAGES if row else ():
            with use_language(code):
                path = row.get_absolute_url()
            yield path.replace(f"/{row.slug}/", f"/{former.slug}/")
