from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = "The firm"

    def ready(self):
        from lawblog.pages.epoch import changes_at

        from . import checks  # noqa: F401 - importing it registers the checks
        from .models import Office

        changes_at(Office.objects.next_changes)
