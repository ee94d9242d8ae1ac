"""manage.py rebuild_search: index and count every edition afresh."""

from typing import Any

from django.core.management.base import BaseCommand

from posts.models import Edition, Post
from posts.publishing import counts
from posts.search import index


class Command(BaseCommand):
    help = (
        "Index and count every edition afresh. Needed after loaddata or another way "
        "past publishing; harmless at any time."
    )

    def handle(self, **options: Any) -> None:
        counts.recount()
        counts.note_ends(Post.objects.all())
        count = index.rebuild(Edition.objects.all())
        self.stdout.write(f"{count} edition{'' if count == 1 else 's'} indexed.")
