from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = "The firm"

    def ready(self):
        from . import checks  # noqa: F401 - importing it registers the checks
