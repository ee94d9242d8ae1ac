from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = "The firm"

    def ready(self):
        from lawblog.pages.epoch import changes_at
        from lawblog.pictures import shown_if

        from . import checks  # noqa: F401 - importing it registers the checks
        from .models import Office
        from .public_pictures import shows

        changes_at(Office.objects.next_changes)
        shown_if(shows)
