"""The indexes and constraints of posts."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from .shared_fields import dates_are_sensible

INDEXES = (
    models.Index(fields=["-updated_at", "-id"], name="post_last_saved"),
    # Of what the desk's front page lists there is little among much.
    models.Index(
        fields=["submitted_at"],
        condition=~Q(submitted_at=None),
        name="post_waiting",
    ),
    models.Index(
        fields=["-updated_at"],
        condition=~Q(returned_note=""),
        name="post_returned",
    ),
    models.Index(fields=["id"], condition=Q(is_sample=True), name="post_samples"),
    models.Index(
        fields=["-updated_at", "-id"],
        condition=Q(on_site_until=None),
        name="post_drafts",
    ),
    models.Index(fields=["on_site_until"], name="post_on_site_until"),
)
CONSTRAINTS = (
    dates_are_sensible("post"),
    # What readers type has the capitals that it has.
    models.UniqueConstraint(
        Lower("slug"),
        name="post_address_in_any_letters",
        violation_error_message="Another article has this address, in other "
        "letters. Change one.",
    ),
    models.UniqueConstraint(
        fields=["imported_from"],
        condition=~Q(imported_from=""),
        name="imported_once",
        violation_error_message="This article was imported before.",
    ),
    models.UniqueConstraint(
        fields=["translation_of", "language"],
        condition=~Q(translation_of=None),
        name="one_translation_a_language",
        violation_error_message="This article has a translation into this "
        "language already.",
    ),
)
