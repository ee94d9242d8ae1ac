"""manage.py pages: the memory that kept pages take."""

from django.core.management.base import BaseCommand

from lawblog.pagecache.worker_reports import reports


class Command(BaseCommand):
    help = "Say how many pages each worker on this machine keeps, and in what memory."

    def handle(self, **options: object) -> None:
        workers = sorted(reports().items())
        for pid, kept in workers:
            used, room = kept["size"] / 2**20, kept["room"] / 2**20
            self.stdout.write(
                f"Worker {pid}: {kept['pages']} pages, {used:.1f} of {room:.0f} MB"
            )
        if not workers:
            self.stdout.write("No worker keeps pages here. Is the site running?")
