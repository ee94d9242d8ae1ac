"""How an app registers what it contributes to the whole site."""

from importlib import import_module

from django.apps import AppConfig


class Registering(AppConfig):
    """An app with a registrations.py, whose statements run when the site starts. Derive
    from it as `registering.Registering`: of two classes that stand in an apps.py Django
    takes neither."""

    def ready(self) -> None:
        # Models can be imported now, and not before.
        import_module(f"{self.name}.registrations")
