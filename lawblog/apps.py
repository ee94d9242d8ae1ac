from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, post_save, pre_migrate


class LawblogConfig(AppConfig):
    name = "lawblog"

    def ready(self):
        from lawblog.pagecache.version import saved, watch
        from lawblog.people import admin  # noqa: F401 - registers the accounts' forms

        from . import checks  # noqa: F401 - importing it registers the checks
        from .records import checks as _  # noqa: F401 - as above
        from .records import lifting, people, watching

        connection_created.connect(watch)
        post_save.connect(saved)
        connection_created.connect(watching.watch)
        pre_migrate.connect(lifting.before_migration, sender=self)
        post_migrate.connect(lifting.after_migration, sender=self)
        people.register()
