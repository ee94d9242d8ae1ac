from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = "The firm"

    def ready(self) -> None:
        # Models can be imported now, and not before.
        from . import registrations  # noqa: F401
