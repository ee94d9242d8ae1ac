from django.apps import AppConfig
from django.db.backends.signals import connection_created


class LawblogConfig(AppConfig):
    name = "lawblog"

    def ready(self):
        from . import checks  # noqa: F401 - importing it registers the checks
        from .pages.generation import watch

        connection_created.connect(watch)
