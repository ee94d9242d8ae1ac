from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = "The firm"

    def ready(self):
        from lawblog.media.pictures import shown_if
        from lawblog.pagecache.expiry import changes_at
        from lawblog.records.subjects import on_record
        from offices.desk import admin  # noqa: F401 - importing it registers the forms
        from offices.models import (
            Attorney,
            Closure,
            Firm,
            FirmLink,
            Office,
            OfficeHours,
            Page,
        )
        from offices.public.pictures import shows

        from . import checks  # noqa: F401 - importing it registers the checks

        changes_at(Office.objects.next_changes)
        shown_if(shows)
        for model in (Firm, FirmLink, Attorney, Office, OfficeHours, Closure, Page):
            on_record(model)
