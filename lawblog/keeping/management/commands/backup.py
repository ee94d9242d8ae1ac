"""manage.py backup: everything this site holds, in one file."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lawblog.keeping import backup, restore
from lawblog.keeping.archive import ArchiveError


class Command(BaseCommand):
    help = (
        "Write everything this site holds into one file: every row, pictures, captures "
        "of the site, and the SHA-256 of each. Password hashes are among them, so that "
        "only you may read the file. People can go on working meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="a new file, a pipe, or - for standard output"
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="read an archive to its end instead, and say whether it is as it was",
        )
        parser.add_argument(
            "--to",
            action="append",
            metavar="KEY",
            help="encrypt to this public key of age; may be given more than once "
            "(without it: BACKUP_RECIPIENTS)",
        )
        parser.add_argument(
            "--identity",
            type=Path,
            metavar="FILE",
            help="with --check: the file with the secret key of an encrypted archive",
        )

    def handle(
        self,
        *,
        file: Path,
        check: bool,
        to: list[str] | None,
        identity: Path | None,
        **options: object,
    ) -> None:
        try:
            if check:
                found = restore.read_through(file, identity)
                return self.stdout.write(f"As it was written: {found.summary}")
            keys = settings.BACKUP_RECIPIENTS if to is None else to
            manifest = backup.write_to(file, keys)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        # Standard output may be the backup itself.
        self.stderr.write(f"Backup written to {file}: {manifest.summary}", self._plain)
        for name in manifest.left_out:
            self.stderr.write(f"Left out, for its name: {name!r}. Rename it.")

    @staticmethod
    def _plain(text: str) -> str:
        return text
