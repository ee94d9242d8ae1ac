from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lawblog.notices"
    label = "notices"

    def ready(self) -> None:
        # Models can be imported now, and not before.
        from . import registrations

        registrations.connect()
