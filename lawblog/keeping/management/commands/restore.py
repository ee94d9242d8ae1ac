"""manage.py restore: what a backup holds, in the place of what is here."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lawblog.keeping import restore
from lawblog.keeping.archive import ArchiveError, opened


class Command(BaseCommand):
    help = (
        "Put back what a backup holds, from this database or another kind, of this "
        "version or an older one. All is verified first; all of it is put back, or "
        "nothing. Everybody has to sign in again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the archive")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="replace what this site holds; it is saved before, in BACKUP_DIR",
        )
        parser.add_argument(
            "--check", action="store_true", help="read it to its end, restore nothing"
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="as --check, and say whether it could be restored here",
        )
        parser.add_argument(
            "--identity",
            type=Path,
            metavar="FILE",
            help="the file with the secret key of an encrypted archive",
        )

    def handle(
        self,
        *,
        file: Path,
        replace: bool,
        check: bool,
        dry_run: bool,
        identity: Path | None,
        **options: object,
    ) -> None:
        try:
            if check:
                found = restore.read_through(file, identity)
                return self.stdout.write(f"As it was written: {found.summary}")
            if dry_run:
                with opened(file, identity) as archive:
                    restore.check(archive, replace)
                    found = archive.manifest
                return self.stdout.write(f"Would be restored: {found.summary}")
            done = restore.into_this_site(file, replace=replace, identity=identity)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        if done.kept_as:
            self.stdout.write(f"What was here is saved as {done.kept_as}")
        self.stdout.write(f"Restored and compared: {done.manifest.summary}")
