"""What articles bring to the site's registries. Imported by apps.py."""

from lawblog.keeping import hooks
from lawblog.keeping.exporting import exporter
from lawblog.keeping.redirects import may_lead_elsewhere
from lawblog.media.pictures import shown_if
from lawblog.media.views import uploads_need
from lawblog.pagecache.expiry import changes_at
from lawblog.pagecache.version import printed_by
from lawblog.records.capture.hooks import changed_when
from lawblog.site.jinja import data_block

# Importing it registers the admin's forms.
from .desk import admin, notices  # noqa: F401
from .exporting import articles, wordpress
from .exporting import record as record_table
from .models import Edition, EditionPicture
from .public.structured_data import article_data
from .publishing import record
from .search import index

printed_by("posts")
changes_at(Edition.objects.next_changes)
shown_if(EditionPicture.objects.is_live)
uploads_need("posts.change_post")
data_block(article_data)
record.register()
changed_when(Edition.objects.changed)
hooks.after_loading(lambda: index.rebuild(Edition.objects.all()))
exporter("articles", articles.write)
exporter("record", record_table.write)
exporter("wordpress", wordpress.write)
may_lead_elsewhere(articles.former_paths)
notices.register_all()
