from django.apps import AppConfig


class LawblogConfig(AppConfig):
    name = "lawblog"

    def ready(self):
        from . import checks  # noqa: F401 - importing it registers the checks
