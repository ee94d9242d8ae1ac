"""What the firm must fill in before its site may be launched."""

from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError
from django.urls import reverse

from offices.models import Firm, Office, Page


@register(deploy=True)
def firm_is_finished(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        return [*_of_the_firm(), *_of_offices()]
    except DatabaseError as error:
        return [
            Error(
                f"The firm's record cannot be read: {error}",
                hint="Run manage.py migrate and manage.py setup.",
                id="offices.E001",
            )
        ]


def _of_the_firm() -> list[CheckMessage]:
    hint = f"Fill it in at {reverse('admin:offices_firm_changelist')} in the admin."
    return [
        Error(f"{sentence} (field: {field})", hint=hint, id="offices.E002")
        for field, sentence in Firm.objects.the_firm().missing()
    ]


def _of_offices() -> list[CheckMessage]:
    if not Office.objects.exists():
        return [Error("There is no office.", hint="manage.py setup", id="offices.E004")]
    return [
        Error(
            f"No opening hours are given for {office.name}. (field: hours)",
            hint="Enter them in the admin, or tick “by appointment only” there.",
            id="offices.E003",
        )
        for office in Office.objects.filter(appointment_only=False, hours=None)
    ]


@register(deploy=True)
def pages_are_reviewed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        pages = [str(page) for page in Page.objects.unreviewed()]
    except DatabaseError:
        return []  # offices.E001 says so.
    hint = f"Read and tick it at {reverse('admin:offices_page_changelist')}."
    return [
        checks.Warning(
            f"Nobody reviewed the page “{page}”.", hint=hint, id="offices.W001"
        )
        for page in pages
    ]
