from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "posts"
    verbose_name = "Articles"

    def ready(self) -> None:
        from lawblog.media.pictures import shown_if
        from lawblog.media.views import uploads_need
        from lawblog.pagecache.expiry import changes_at
        from lawblog.pagecache.version import printed_by
        from lawblog.site.jinja import data_block
        from posts.desk import admin  # noqa: F401 - importing it registers the forms
        from posts.models import Edition, EditionPicture
        from posts.public.structured_data import article_data

        printed_by("posts")
        changes_at(Edition.objects.next_changes)
        shown_if(EditionPicture.objects.is_live)
        uploads_need("posts.change_post")
        data_block(article_data)
