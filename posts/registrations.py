"""What articles register with the site. Imported by apps.py."""

from django.db.models.signals import post_save

from lawblog.desk.launch import before_launch
from lawblog.keeping import hooks
from lawblog.keeping.exporting import exporter
from lawblog.keeping.redirects import may_lead_elsewhere
from lawblog.media.pictures import shown_if
from lawblog.media.views import uploads_need
from lawblog.pagecache.expiry import changes_at
from lawblog.pagecache.version import printed_by
from lawblog.records.capture.hooks import changed_when, hangs_on
from lawblog.site.jinja import data_block, page_filter, template_function

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

printed_by("posts")
changes_at(Edition.objects.next_changes)
changes_at(LawNotice.objects.next_changes)
post_save.connect(note_pictures, sender=Post)
shown_if(EditionPicture.objects.is_live)
uploads_need("posts.change_post")
data_block(article_data)
template_function(live_cards)
template_function(live_guides)
page_filter(authority)
record.register()
law_record.register()
changed_when(Edition.objects.changed)
changed_when(LawNotice.objects.changed)
hangs_on(page_of)
hooks.leave_out(*law_index.DERIVED)
hooks.after_loading(law_index.rebuild)
hooks.after_loading(lambda: index.rebuild(Edition.objects.all()))
exporter("articles", articles.write)
exporter("names", names.write)
exporter("record", record_table.write)
exporter("wordpress", wordpress.write)
may_lead_elsewhere(articles.former_paths)
before_launch(samples.items, place=50)
notices.register_all()
bringing_jobs.register_all()
