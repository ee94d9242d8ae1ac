"""A line of the ledger, and what the last check of it found."""

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

NONE_BEFORE = "0" * 64


class Entry(models.Model):
    """One line. `line` holds exactly the bytes that were hashed; the other columns
    repeat what it says, for queries and triggers, and a check compares them."""

    # Given by ledger.py: a database's own counter leaves gaps.
    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=100, help_text="Like app.model, or empty")
    subject_id = models.BigIntegerField(null=True)
    ends = models.DateTimeField(null=True, help_text="When what it is about ends.")
    line = models.TextField()
    prev = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "lawblog_record_entry"
        ordering = ("seq",)
        verbose_name_plural = "entries"
        indexes = (
            models.Index(fields=["subject", "subject_id", "seq"], name="entry_about"),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Verification(models.Model):
    """What the last check of the record found. One row."""

    at = models.DateTimeField()
    entries = models.BigIntegerField()
    head = models.CharField(max_length=64, help_text="The hash of the last entry.")
    problems = models.IntegerField()
    first_problem = models.TextField(blank=True)

    class Meta:
        db_table = "lawblog_record_verification"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(pk=1), name="one_verification_of_the_record"
            ),
        )

    def __str__(self) -> str:
        day = timezone.localdate(self.at)
        when = "today" if day == timezone.localdate() else f"on {date_format(day)}"
        if self.problems:
            return f"The record does not hold (checked {when}): {self.first_problem}"
        entries = "1 entry" if self.entries == 1 else f"{self.entries:,} entries"
        return f"Record intact, {entries}, checked {when}"
