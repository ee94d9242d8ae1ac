"""manage.py housekeeping: whatever has to be done by itself and is due."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from lawblog.keeping import housekeeping


class Command(BaseCommand):
    help = (
        "Do what is due: backups, captures, and what else has to be done by itself. "
        "Have a timer run it every five minutes; with nothing to do it takes a second."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="do nothing; say what failed or is late, and then exit with 1",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="do nothing; say what is due"
        )
        parser.add_argument(
            "--now",
            nargs="+",
            default=[],
            choices=[job.name for job in housekeeping.jobs()],
            metavar="JOB",
            help="do these jobs, due or not, like: backup drill",
        )

    def handle(
        self, *, check: bool, dry_run: bool, now: list[str], **options: object
    ) -> None:
        if check:
            if late := housekeeping.late():
                raise CommandError("\n".join(late))
            self.stdout.write("Everything ran when it should.")
        elif dry_run:
            for job in housekeeping.due():
                self.stdout.write(f"{job.name} is due.")
        else:
            self.run(now)

    def run(self, names: list[str]) -> None:
        done = housekeeping.run(*names)
        if done is None:
            self.stdout.write("Another housekeeping is running.")
            return
        for each in done:
            (self.stderr if each.failed else self.stdout).write(
                f"{each.name}: {each.outcome}"
            )
        if failed := [each.name for each in done if each.failed]:
            raise CommandError(f"Failed: {', '.join(failed)}.")
