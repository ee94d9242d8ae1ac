"""The housekeeping jobs of this package, the short ones first."""

from datetime import timedelta

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from lawblog.people import one_time_links, rate_limit
from lawblog.people.session_engine import SessionStore
from lawblog.records import verify
from lawblog.records.capture.take import take_if_due, take_now

from . import automatic_backups, damaged_pictures, export_zip, leftovers, restore_drill
from .housekeeping import register_job

DAY = timedelta(days=1)


def register_all() -> None:
    register_job("sessions", clear_sessions, every=DAY)
    register_job("attempts", rate_limit.purge, every=timedelta(minutes=15))
    register_job("links", one_time_links.purge, every=DAY)
    register_job("leftovers", leftovers.remove, every=DAY)
    register_job("record", check_record, every=DAY)
    # At each run: it looks for what changed.
    register_job("capture", take_if_due, every=timedelta(0))
    register_job("capture-now", take_now, every=None)
    register_job("backup", make_backup, every=DAY)
    register_job("pictures", damaged_pictures.check, every=DAY)
    register_job("drill", restore_drill.run, every=28 * DAY)
    register_job("export", export_zip.make, every=None)


def clear_sessions() -> str:
    SessionStore.clear_expired()
    return "Sessions that had ended are gone."


class RecordDoesNotHold(Exception):
    """What the check of the record found, in a sentence."""


def check_record() -> str:
    """Keeps what it found for the desk. Raises RecordDoesNotHold."""
    result, _ = verify.check()
    if result.problems:
        raise RecordDoesNotHold(str(result))
    return f"{result}."


def make_backup() -> str:
    made = automatic_backups.make_backup()
    place = "the bucket" if settings.BACKUP_IN_S3 else settings.BACKUP_DIR
    size = filesizeformat(made.size).replace("\xa0", " ")
    return f"{made.name}, {size}, is in {place}."
