"""Bring articles of the old site in, as drafts."""

from argparse import ArgumentParser
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from posts.import_runs import report, runs
from posts.importing import read_files
from posts.models import ImportRun


class Command(BaseCommand):
    help = (
        "Import articles as drafts, each once: what was imported before stays as it "
        "was edited since. Reads exports of Wix, WordPress, Ghost, Blogger, Medium and "
        "Substack, feeds, documents of Word, Markdown, pages saved as HTML, MHTML or "
        "text, and folders and zip archives of these. Nothing becomes public. The desk "
        "keeps the report under “Bring articles in”, and can undo it there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument(
            "--dry-run", action="store_true", help="Report everything, save nothing."
        )
        parser.add_argument(
            "--offline", action="store_true", help="Fetch no picture from the old site."
        )
        parser.add_argument(
            "--site",
            default="",
            metavar="URL",
            help="The old site's address, for exports that do not tell it.",
        )

    def handle(
        self,
        *,
        paths: list[str],
        dry_run: bool,
        site: str,
        offline: bool = False,
        **options: Any,
    ) -> None:
        if site and not site.startswith(("http://", "https://")):
            raise CommandError("--site is an address like https://www.example.com/")
        # A dry run saves and takes back, so that it meets whatever a real run meets;
        # but pictures, which cannot be taken back. A real run saves each article for
        # itself, and can be stopped and run again.
        with transaction.atomic() if dry_run else nullcontext():
            refused = self._bring_in(paths, site, dry_run, offline)
            if dry_run:
                transaction.set_rollback(True)
        if dry_run:
            self.stdout.write("(dry run: nothing saved)")
        if refused:
            raise CommandError(
                f"{'One' if refused == 1 else refused} could not be imported: see “Not "
                "imported” above. Everything else was."
            )

    def _bring_in(
        self, paths: list[str], site: str, dry_run: bool, offline: bool
    ) -> int:
        """How many were refused."""
        refused = 0
        run = ImportRun.objects.create(
            site=site, offline=offline, started_at=timezone.now()
        )
        for line in runs.bring_in(run, read_files(paths, site), dry_run=dry_run):
            self.stdout.write(f"{report.as_text(line, dry_run)}\n")
            refused += line.kind == line.REFUSED
        runs.finish(run)
        return refused
