"""manage.py rebuild_law: note afresh which law every edition rests on."""

from typing import Any

from django.core.management.base import BaseCommand

from posts.law import index


class Command(BaseCommand):
    help = (
        "Note afresh which law every edition rests on. Needed after loaddata or "
        "another way past publishing; harmless at any time."
    )

    def handle(self, **options: Any) -> None:
        count = index.rebuild()
        self.stdout.write(f"{count} edition{'' if count == 1 else 's'} read.")
