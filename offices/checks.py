"""What the firm must fill in before its site may be launched."""

from django.core import checks
from django.core.checks import Error, register
from django.db import DatabaseError
from django.urls import reverse


@register(deploy=True)
def firm_is_finished(app_configs, **kwargs):
    from offices.models import Firm, Office

    try:
        firm = Firm.objects.the_firm()
        without_hours = Office.objects.filter(appointment_only=False, hours=None)
        offices = [office.name for office in without_hours]
        some_office = Office.objects.exists()
    except DatabaseError as error:
        return [
            Error(
                f"The firm's record cannot be read: {error}",
                hint="Run manage.py migrate and manage.py setup.",
                id="offices.E001",
            )
        ]
    hint = f"Fill it in at {reverse('admin:offices_firm_changelist')} in the admin."
    errors = [
        Error(f"{sentence} (field: {field})", hint=hint, id="offices.E002")
        for field, sentence in firm.missing()
    ]
    errors += [
        Error(
            f"No opening hours are given for {name}. (field: hours)",
            hint="Enter them in the admin, or tick “by appointment only” there.",
            id="offices.E003",
        )
        for name in offices
    ]
    if not some_office:
        errors.append(
            Error("There is no office.", hint="manage.py setup", id="offices.E004")
        )
    return errors


@register(deploy=True)
def pages_are_reviewed(app_configs, **kwargs):
    from offices.models import Page

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
