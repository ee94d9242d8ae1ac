from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "posts"
    verbose_name = "Articles"

    def ready(self):
        from lawblog.media.pictures import shown_if
        from lawblog.pagecache.expiry import changes_at
        from posts.desk import admin  # noqa: F401 - importing it registers the forms
        from posts.models import Edition, EditionPicture
        from posts.publishing import record

        changes_at(Edition.objects.next_changes)
        shown_if(EditionPicture.objects.is_live)
        record.register()
