from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_save


class LawblogConfig(AppConfig):
    name = "lawblog"

    def ready(self):
        from lawblog.pagecache.version import saved, watch
        from lawblog.people import admin  # noqa: F401 - registers the accounts' forms

        from . import checks  # noqa: F401 - importing it registers the checks

        connection_created.connect(watch)
        post_save.connect(saved)
