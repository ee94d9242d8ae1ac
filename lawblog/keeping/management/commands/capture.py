"""manage.py capture: the public site as visitors see it, kept and proven."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from lawblog.dates import beginning_of, sensible
from lawblog.keeping.archive import ArchiveError, appearing
from lawblog.records.capture import check, manifest, proof, prune, store, take, warc
from lawblog.records.capture.manifest import Manifest


def day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
        sensible(found)
    except (ValueError, ValidationError):
        raise ArgumentTypeError(f"{text!r} is no day like 2026-03-12.") from None
    return found


class Command(BaseCommand):
    help = (
        "Keep the whole public site as visitors see it now. Housekeeping does so each "
        "month and after changes. With --on DAY the other options are about the last "
        "capture by the end of that day, else about the newest."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--list", action="store_true", help="say what is kept")
        what.add_argument(
            "--check", action="store_true", help="read all; say what is not as it was"
        )
        what.add_argument(
            "--show", metavar="ADDRESS", help="write what an address showed to --to"
        )
        what.add_argument(
            "--pack", type=Path, metavar="FILE", help="a proof pack, a zip"
        )
        what.add_argument("--warc", type=Path, metavar="FILE", help="as WARC, gzipped")
        what.add_argument(
            "--prune",
            metavar="ATTORNEY",
            help="remove what was last seen three years ago; the full name of the "
            "attorney who decided it",
        )
        parser.add_argument("--on", type=day, metavar="DAY", help="like 2026-03-12")
        parser.add_argument("--to", type=Path, metavar="FILE", help="for --show")

    def handle(self, **options: Any) -> None:
        try:
            self.do(options)
        except (ArchiveError, ValueError, take.CaptureError, prune.PruneError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            why = error.strerror or error
            raise CommandError(f"It could not be kept: {why}.") from error

    def do(self, options: dict[str, Any]) -> None:
        if options["list"]:
            self.tell_all()
        elif options["check"]:
            self.check_all()
        # What was given empty was asked for all the same.
        elif (address := options["show"]) is not None:
            self.show(address, options["on"], options["to"])
        elif (path := options["pack"]) is not None:
            self.write_pack(path, capture_of(options["on"]))
        elif (path := options["warc"]) is not None:
            self.write_warc(path, capture_of(options["on"]))
        elif (attorney := options["prune"]) is not None:
            self.prune(attorney)
        else:
            taken = take.take()
            self.stdout.write(f"{taken.name}: {taken.about['addresses']:,} addresses.")

    def tell_all(self) -> None:
        for name in store.names():
            try:
                what = f"{manifest.about(name)['addresses']:,} addresses"
            except ValueError:
                what = "cannot be read any more"
            self.stdout.write(f"{name}  {store.file_digest(name)}  {what}")

    def check_all(self) -> None:
        if found := list(check.problems()):
            raise CommandError("\n".join(found))
        self.stdout.write(f"{len(store.names()):,} captures are as they were made.")

    def show(self, address: str, on: date | None, to: Path | None) -> None:
        found = capture_of(on)
        seen = found.seen.get(settings.SITE_URL + address) or found.seen.get(address)
        if not seen:
            raise CommandError(f"{address} was not there in {found.name}.")
        self.stderr.write(f"{seen['url']} at {seen['at']}: {seen['status']}")
        body = store.payload(seen["sha256"])
        if not to:
            raise CommandError("Say where to write it: --to FILE")
        with appearing(to) as file:
            file.write(body)

    def write_pack(self, path: Path, found: Manifest) -> None:
        proof.write_to(path, found)
        self.stdout.write(f"{path} is written; its README.txt says how to check it.")

    def write_warc(self, path: Path, found: Manifest) -> None:
        with appearing(path) as file:
            warc.write(found, file.write)
        self.stdout.write(f"{path} is written.")

    def prune(self, name: str) -> None:
        refuse_unless_attorney(name)
        done = prune.prune(by=name)
        self.stdout.write(f"{done}.")


def capture_of(on: date | None) -> Manifest:
    """The newest capture, or the last one by the end of a day in the firm's time."""
    if on:
        found = manifest.before(beginning_of(on + timedelta(days=1)))
    else:
        found = manifest.newest()
    if not found:
        raise CommandError("There is no capture of that time.")
    return found


def refuse_unless_attorney(name: str) -> None:
    """CommandError unless an account of an attorney has this full name."""
    attorneys = User.objects.filter(is_active=True, groups__name="Attorney")
    if name not in {user.get_full_name() for user in attorneys}:
        raise CommandError(
            f"“{name}” is not the full name of an attorney with an account. Nothing "
            "was removed."
        )
