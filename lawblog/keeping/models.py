from django.db import models


class JobRun(models.Model):
    """When a job of housekeeping last ran, and what came of it. It belongs to this
    machine: no archive carries it."""

    name = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)
    outcome = models.TextField(blank=True, help_text="One sentence.")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome}"

    @property
    def has_worked(self) -> bool:
        """Whether the last time that it ran to its end, it did what it is for."""
        return bool(self.succeeded_at) and not self.failed
