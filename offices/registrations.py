"""What the firm's record brings to the site's registries. Imported by apps.py."""

from lawblog.keeping.exporting import exporter
from lawblog.media.pictures import shown_if
from lawblog.pagecache.expiry import changes_at
from lawblog.pagecache.version import printed_by
from lawblog.people.linked import attorneys_are
from lawblog.records.subjects import on_record
from lawblog.site.jinja import data_block
from lawblog.unavailable.contact import reached_as
from offices.models import (
    Attorney,
    Closure,
    Firm,
    FirmLink,
    Office,
    OfficeHours,
    Page,
)

# Importing them registers the admin's forms and the system checks.
from . import (
    checks,  # noqa: F401
    exporting,
)
from .accounts import AttorneyRecords
from .desk import admin  # noqa: F401
from .public.contact import contact
from .public.pictures import shows
from .public.structured_data import legal_service, site_data, trail

printed_by("offices")
changes_at(Office.objects.next_changes)
shown_if(shows)
reached_as(contact)
for function in (legal_service, site_data, trail):
    data_block(function)
for model in (Firm, FirmLink, Attorney, Office, OfficeHours, Closure, Page):
    on_record(model)
exporter("offices", exporting.write)
attorneys_are(AttorneyRecords())
