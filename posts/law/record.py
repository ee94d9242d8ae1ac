"""What is recorded of notices that the law changed, and of the authorities that the
attorney added or struck."""

from lawblog.records.canonical import Facts, moment, plain
from lawblog.records.subjects import freeze, on_record
from posts.models import AuthorityChoice, LawNotice

from .notices import digest_of


def register_subjects() -> None:
    """Called once, when the apps are loaded."""
    freeze(
        LawNotice,
        facts=facts_of,
        movable=["ended_by"],
        ends="live_until",
        proof=proof,
    )
    on_record(AuthorityChoice)


def facts_of(notice: LawNotice) -> Facts:
    """What was let through, by whom, and from when."""
    words = {name: plain(value) for name, value in notice.words().items()}
    return words | {
        "change": notice.change_id,
        "digest": notice.digest,
        "approved_by": notice.approved_by_id,
        "approved_by_name": notice.approved_by_name,
        "approved_at": moment(notice.approved_at),
        "live_from": moment(notice.live_from),
        "warnings": plain(notice.warnings),
        "override_reason": notice.override_reason,
        "ended_by": notice.ended_by_id,
    }


def proof(notice: LawNotice) -> str:
    """What a check of the record says of a notice whose words were changed."""
    same = digest_of(notice) == notice.digest
    return "" if same else "has other words than were approved."
