from django.apps import AppConfig


class LawblogConfig(AppConfig):
    name = "lawblog"

    def ready(self) -> None:
        # Models can be imported now, and not before.
        from . import registrations

        registrations.connect(self)
