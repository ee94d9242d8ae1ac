"""What articles register with the site. Imported by apps.py."""

from django.db.models.signals import post_save

from lawblog.desk.launch import register_launch_items
from lawblog.keeping import hooks
from lawblog.keeping.exporting import register_exporter
from lawblog.keeping.redirects import register_former_paths
from lawblog.media.pictures import register_shown_check
from lawblog.media.views import register_upload_right
from lawblog.pagecache.expiry import register_change_times
from lawblog.pagecache.version import register_printed_app
from lawblog.records.capture.hooks import register_change_check, register_page_finder
from lawblog.site.jinja import register_data_block, register_filter, register_function

# Importing it registers the admin's forms.
from .desk import admin, notices, samples  # noqa: F401
from .exporting import articles, names, wordpress
from .exporting import record as record_table
from .import_runs import jobs as bringing_jobs
from .law import index as law_index
from .law import record as law_record
from .models import Edition, EditionPicture, LawNotice, Post
from .models.post_picture import note_pictures
from .public.article_files import page_of
from .public.guides_and_cards import live_cards, live_guides
from .public.law import authority
from .public.structured_data import article_data
from .publishing import record
from .search import index

register_printed_app("posts")
register_change_times(Edition.objects.next_changes)
register_change_times(LawNotice.objects.next_changes)
post_save.connect(note_pictures, sender=Post)
register_shown_check(EditionPicture.objects.is_live)
register_upload_right("posts.change_post")
register_data_block(article_data)
register_function(live_cards)
register_function(live_guides)
register_filter(authority)
record.register_subjects()
law_record.register_subjects()
register_change_check(Edition.objects.changed)
register_change_check(LawNotice.objects.changed)
register_page_finder(page_of)
hooks.register_emptied(*law_index.DERIVED)
hooks.register_rebuild(law_index.rebuild)
hooks.register_rebuild(lambda: index.rebuild(Edition.objects.all()))
register_exporter("articles", articles.write)
register_exporter("names", names.write)
register_exporter("record", record_table.write)
register_exporter("wordpress", wordpress.write)
register_former_paths(articles.former_paths)
register_launch_items(samples.items, place=50)
notices.register_all()
bringing_jobs.register_all()
