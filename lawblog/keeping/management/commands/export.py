"""manage.py export: everything in forms that other programs read."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lawblog.keeping import exporting
from lawblog.keeping.archive import ArchiveError


class Command(BaseCommand):
    help = (
        "Write a folder with articles as Markdown and HTML, pictures, redirects, "
        "offices, the record, an export that WordPress reads, and the public site as "
        "files for any web server."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a new folder")

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            for sentence in exporting.write_all(folder):
                self.stdout.write(sentence)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
