"""For the launch checklist: a backup was made, and a restore drill passed."""

from collections.abc import Iterator

from django.urls import reverse

from lawblog.desk.launch import Item

from .models import JobRun

BOTH = ("backup", "drill")


def items() -> Iterator[Item]:
    runs = JobRun.objects.in_bulk(BOTH)
    yield Item(
        "backup",
        "See a backup made, and tried",
        "One is made each day by itself, and once a month one is restored to try it.",
        reverse("backups"),
        is_done=len(runs) == len(BOTH) and all(run.has_worked for run in runs.values()),
    )
