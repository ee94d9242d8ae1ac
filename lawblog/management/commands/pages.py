"""manage.py pages: the memory that kept pages take."""

from django.core.management.base import BaseCommand

from lawblog.pagecache.memory import reports


class Command(BaseCommand):
    help = "Say how many pages each worker on this machine keeps, and in what memory."

    def handle(self, **options):
        workers = sorted(reports().items())
        for pid, kept in workers:
            used, room = (kept[name] / 2**20 for name in ("size", "room"))
            self.stdout.write(
                f"Worker {pid}: {kept['pages']} pages, {used:.1f} of {room:.0f} MB"
            )
        if not workers:
            self.stdout.write("No worker keeps pages here. Is the site running?")
