"""manage.py rebuild_search: index every edition afresh."""

from django.core.management.base import BaseCommand

from posts.models import Edition
from posts.search import index


class Command(BaseCommand):
    help = (
        "Index every edition afresh. Needed after loaddata or another way past "
        "publishing; harmless at any time."
    )

    def handle(self, **options):
        count = index.rebuild(Edition.objects.all())
        self.stdout.write(f"{count} edition{'' if count == 1 else 's'} indexed.")
