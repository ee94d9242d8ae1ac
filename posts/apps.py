from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "posts"
    verbose_name = "Articles"

    def ready(self):
        from lawblog.pages.epoch import changes_at

        from .models import Edition

        changes_at(Edition.objects.next_changes)
