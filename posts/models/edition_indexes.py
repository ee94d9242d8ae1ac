"""The indexes and constraints of editions."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from .shared_fields import dates_are_sensible

INDEXES = (
    models.Index(fields=["-published_on", "-id"], name="edition_newest_first"),
    # With all that tells what is live, so that what is skipped is not read.
    models.Index(
        fields=[
            *("language", "-published_on", "-id"),
            *("live_from", "live_until", "kind"),
        ],
        name="edition_newest_in_language",
    ),
    models.Index(
        fields=["author", "language", "-published_on", "-id"],
        name="edition_newest_by_author",
    ),
    models.Index(fields=["live_from"], name="edition_live_from"),
    models.Index(fields=["live_until"], name="edition_live_until"),
    models.Index(fields=["law_as_of", "id"], name="edition_oldest_law"),
    models.Index(fields=["slug", "language"], name="edition_by_address"),
    models.Index(Lower("slug"), name="edition_by_address_any_case"),
    # Of the few that have one: told that most have none, SQLite would rather
    # walk through all articles than use an index of all.
    models.Index(
        fields=["translation_of"],
        condition=Q(translation_of__isnull=False),
        name="edition_translations",
    ),
    models.Index(
        fields=["series"],
        condition=Q(series__isnull=False),
        name="edition_in_series",
    ),
    models.Index(
        fields=["kind", "language"],
        condition=Q(kind__isnull=False),
        name="edition_of_kind",
    ),
)
CONSTRAINTS = (
    dates_are_sensible("edition"),
    models.UniqueConstraint(fields=["post", "number"], name="edition_number"),
    # Each publication ends the one before, so that two can never overlap.
    models.UniqueConstraint(
        fields=["post"],
        condition=Q(live_until=None),
        name="one_edition_without_end",
    ),
    models.CheckConstraint(
        condition=Q(live_until=None) | Q(live_until__gte=F("live_from")),
        name="edition_ends_after_it_begins",
    ),
)
