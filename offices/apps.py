from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "offices"

    def ready(self):
        from . import checks  # noqa: F401 - importing it registers the checks
