from datetime import datetime, timezone

from django.db import migrations
from django.db.models import F, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

FOREVER = datetime(9999, 1, 1, tzinfo=timezone.utc)


def note_ends(apps, schema_editor):
    """As posts/publishing/counts.py: the last end of each article's editions."""
    Post, Edition = (apps.get_model("posts", name) for name in ("Post", "Edition"))
    kept = Edition.objects.exclude(live_until=F("live_from"))
    kept = kept.filter(post=OuterRef("pk")).order_by().values("post")
    last = kept.annotate(last=Max(Coalesce("live_until", Value(FOREVER))))
    Post.objects.update(on_site_until=Subquery(last.values("last")))


class Migration(migrations.Migration):

    dependencies = [("posts", "0020_where_articles_stand")]

    operations = [migrations.RunPython(note_ends, migrations.RunPython.noop)]
