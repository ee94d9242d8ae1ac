"""Publishes and undoes notices that the law changed: approved, checked and recorded as
editions are."""

import hashlib
import json
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language_info

from lawblog.dates import beginning_of
from lawblog.records.acting import approver
from lawblog.records.ledger import append_with_facts, lock
from offices.models import Firm
from posts.authorities import label_of
from posts.checks import Finding
from posts.checks.article import check_sentence
from posts.models import Edition, LawChange, LawNotice, Review
from posts.models.law_change import ChangedLaw
from posts.publishing.permissions import require_attorney
from posts.publishing.rules import NO_REASON

from .affected import affected_editions

# Pages that are listed and counted before and after approval.
MAX_PAGES = 500
CHANGED = (
    "This changed after you opened the page, or other articles rest on this law by "
    "now. Nothing was told to readers. Read it again, then approve."
)


@dataclass(frozen=True)
class Draft:
    """A change on its way to readers. pages: live editions that rest on what changed,
    spared ones with them, of more than MAX_PAGES those of the oldest law; findings:
    what should be read; problems: what must be fixed first, in sentences;
    version_token: stands for all that was shown."""

    change: LawChange
    pages: list[Edition]
    findings: list[Finding]
    problems: list[str]
    version_token: str

    @property
    def is_capped(self) -> bool:
        return len(self.pages) == MAX_PAGES

    @property
    def told(self) -> list[Edition]:
        spared = self.change.spared
        return [page for page in self.pages if page.post_id not in spared]


def draft_of(change: LawChange) -> Draft:
    """What approving a change would tell, and to whom."""
    pages = affected_editions(change, MAX_PAGES)
    told = [page.pk for page in pages if page.post_id not in change.spared]
    token = _digest([change.words(), told])
    findings = [found for text in _sentences(change) for found in check_sentence(text)]
    return Draft(change, pages, findings, _problems(change, told), token)


def _digest(facts: list[object]) -> str:
    """64 hexadecimal digits: SHA-256 of canonical JSON."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(notice: ChangedLaw) -> str:
    """The digest of what a notice says; equals `notice.digest` unless somebody changed
    the row past the application."""
    return _digest([notice.words()])


def _sentences(change: ChangedLaw) -> list[str]:
    further = change.in_other_languages.values()
    return [change.sentence, *(texts.get("sentence", "") for texts in further)]


def _problems(change: LawChange, told: list[int]) -> list[str]:
    found = []
    for code, _ in settings.LANGUAGES[1:]:
        if not change.in_other_languages.get(code, {}).get("sentence", "").strip():
            found.append(f"Say what changed in {_in_english(code)}, too.")
    if not change.sentence.strip():
        found.append(f"Say what changed in {_in_english(settings.LANGUAGE_CODE)}.")
    if not told:
        found.append(
            f"No live page that is ticked rests on {label_of(change.key)} or on "
            "anything within it, so that nobody would be told."
        )
    if change.notices.open().exists():
        found.append("Readers are, or will be, told of this change already.")
    lacks = Firm.objects.the_firm().missing()
    return found + [f"The firm's record is unfinished: {each}" for _, each in lacks]


def _in_english(code: str) -> str:
    return str(get_language_info(code)["name"])


@transaction.atomic
def approve(
    change: LawChange, *, by: User, version_token: str, reason: str = ""
) -> LawNotice:
    """Freeze what was written as a notice, told from now on or, for a day to come, from
    its beginning on.

    version_token: Draft.version_token of what the approver read. reason: why what the
    checks found may stand. Raises PermissionDenied or ValidationError with sentences.
    """
    require_attorney(by)
    # First of all: nothing is published between what is read here and the notice.
    lock()
    change = LawChange.objects.select_for_update(no_key=True).get(pk=change.pk)
    draft = draft_of(change)
    if version_token != draft.version_token:
        raise ValidationError(CHANGED)
    if draft.problems:
        raise ValidationError(draft.problems)
    if draft.findings and not reason.strip():
        raise ValidationError(NO_REASON)
    notice = _signed(draft, by, reason)
    notice.save()
    append_with_facts("approve", notice, by=by)
    return notice


def _signed(draft: Draft, by: User, reason: str) -> LawNotice:
    now = timezone.now()
    notice = LawNotice(change=draft.change, **draft.change.words())
    notice.live_from = max(now, beginning_of(notice.day))
    notice.last_edition = _newest(Edition)
    notice.last_review = _newest(Review)
    notice.approved_by, notice.approved_by_name = by, approver(by).name
    notice.approved_at = now
    notice.warnings = [finding.as_record() for finding in draft.findings]
    notice.override_reason = reason.strip()
    notice.digest = digest_of(notice)
    return notice


def _newest(model: type[Edition] | type[Review]) -> int:
    newest = model._base_manager.order_by("-pk").values_list("pk", flat=True)
    return newest.first() or 0


@transaction.atomic
def undo(notice: LawNotice, *, by: User) -> bool:
    """Readers are told no longer, or never will be. Returns whether there was anything
    to undo. Raises PermissionDenied."""
    require_attorney(by)
    lock()
    held = LawNotice.objects.select_for_update(no_key=True).get(pk=notice.pk)
    if held.live_until:
        return False
    ends = max(timezone.now(), held.live_from)
    append_with_facts("undo", held, by=by, ends=ends, ended_by=by.pk)
    LawNotice.objects.filter(pk=held.pk).update(live_until=ends, ended_by=by)
    return True
