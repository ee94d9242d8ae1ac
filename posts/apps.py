from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "posts"
    verbose_name = "Articles"

    def ready(self):
        from lawblog.pages.epoch import changes_at
        from lawblog.pictures import shown_if

        from .models import Edition, EditionPicture

        changes_at(Edition.objects.next_changes)
        shown_if(EditionPicture.objects.is_live)
