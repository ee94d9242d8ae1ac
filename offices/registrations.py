"""What the firm's record registers with the site. Imported by apps.py."""

from lawblog.desk.launch import before_launch
from lawblog.keeping.exporting import exporter
from lawblog.media.pictures import shown_if
from lawblog.pagecache.expiry import changes_at
from lawblog.pagecache.version import printed_by
from lawblog.people.accounts import attorneys_have
from lawblog.people.attorney_records import attorneys_are
from lawblog.people.passwords import guessed_first
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

# Importing it registers the admin's forms.
from . import exporting, launch
from .accounts import AttorneyRecords, names_and_numbers
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
guessed_first(names_and_numbers)
attorneys_have("offices.change_firm")
before_launch(launch.items, place=10)
