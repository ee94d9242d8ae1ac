"""What the firm's record registers with the site. Imported by apps.py."""

from lawblog.desk.launch import register_launch_items
from lawblog.keeping.exporting import register_exporter
from lawblog.media.pictures import register_shown_check
from lawblog.pagecache.expiry import register_change_times
from lawblog.pagecache.version import register_printed_app
from lawblog.people.accounts import register_attorney_right
from lawblog.people.attorney_records import register_attorney_records
from lawblog.people.passwords import register_guessable_words
from lawblog.records.subjects import on_record
from lawblog.site.jinja import register_data_block
from lawblog.unavailable.contact import register_contact
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
from .attorney_accounts import AttorneyRecords, names_and_numbers
from .desk import admin  # noqa: F401
from .public.contact import contact
from .public.pictures import shows
from .public.structured_data import legal_service, site_data, trail

register_printed_app("offices")
register_change_times(Office.objects.next_changes)
register_shown_check(shows)
register_contact(contact)
for function in (legal_service, site_data, trail):
    register_data_block(function)
for model in (Firm, FirmLink, Attorney, Office, OfficeHours, Closure, Page):
    on_record(model)
register_exporter("offices", exporting.write)
register_attorney_records(AttorneyRecords())
register_guessable_words(names_and_numbers)
register_attorney_right("offices.change_firm")
register_launch_items(launch.items, place=10)
