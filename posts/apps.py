from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "posts"
    verbose_name = "Articles"

    def ready(self) -> None:
        # Models can be imported now, and not before.
        from . import registrations  # noqa: F401
