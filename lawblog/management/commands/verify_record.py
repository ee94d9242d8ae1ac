"""manage.py verify_record: whether the firm's record is what was written."""

import re
from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lawblog.records.verify import check


def head(text: str) -> tuple[int, str]:
    """NUMBER:HASH, for argparse."""
    found = re.fullmatch(r"([1-9]\d{0,17}):([0-9a-f]{64})", text, re.ASCII)
    if not found:
        raise ArgumentTypeError(
            f"{text!r} is no head. Write it as it was kept: the entry's number, a "
            "colon, and 64 digits and letters from a to f."
        )
    return int(found[1]), found[2]


class Command(BaseCommand):
    help = "Read the whole record and say whether it holds. Exits 1 if it does not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            type=head,
            default=[],
            metavar="NUMBER:HASH",
            help="a head kept elsewhere, as in the mail to the attorney; may be given "
            "more than once",
        )

    def handle(self, *, head: list[tuple[int, str]], **options: object) -> None:
        result, findings = check(heads=dict(head))
        for finding in findings:
            self.stdout.write(finding.sentence)
        if result.problems:
            raise CommandError(f"{result} ({result.problems:,} problems in all)")
        self.stdout.write(f"{result}. Head: {result.entries}:{result.head}")
