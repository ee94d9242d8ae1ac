from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "posts"
    verbose_name = "Articles"

    def ready(self):
        from lawblog.keeping import hooks
        from lawblog.media.pictures import shown_if
        from lawblog.pagecache.expiry import changes_at
        from lawblog.records.capture.hooks import changed_when
        from posts.desk import admin  # noqa: F401 - importing it registers the forms
        from posts.models import Edition, EditionPicture
        from posts.publishing import record
        from posts.search import index

        changes_at(Edition.objects.next_changes)
        shown_if(EditionPicture.objects.is_live)
        record.register()
        changed_when(Edition.objects.changed)
        hooks.after_loading(lambda: index.rebuild(Edition.objects.all()))
