from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = "The firm"

    def ready(self) -> None:
        from lawblog.media.pictures import shown_if
        from lawblog.pagecache.expiry import changes_at
        from lawblog.pagecache.version import printed_by
        from lawblog.site.jinja import data_block
        from offices.desk import admin  # noqa: F401 - importing it registers the forms
        from offices.models import Office
        from offices.public.pictures import shows
        from offices.public.structured_data import legal_service, site_data, trail

        from . import checks  # noqa: F401 - importing it registers the checks

        changes_at(Office.objects.next_changes)
        shown_if(shows)
        printed_by("offices")
        for function in (legal_service, site_data, trail):
            data_block(function)
