"""The record's pages at the desk: what readers saw at a given time, and whether the
record is intact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lawblog.dates import moment, sensible
from lawblog.desk.pages import framed_page
from lawblog.desk.widgets import DateInput, TimeInput
from lawblog.html.richtext import to_text

from .as_of import RecordedRow, facts_as_of
from .canonical import parsed
from .models import Verification
from .subjects import subjects

# Rows on the page; words narrow down the rest.
ROWS_SHOWN = 500
# Facts that say nothing to people.
HIDDEN = set(
    """
    digest photograph is_sample in_other_languages ends post topics approved_by
    translates warnings user responsible_attorney ended_by version_token
    """.split()
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


class MomentForm(forms.Form):
    day = forms.DateField(widget=DateInput, validators=[sensible])
    at = forms.TimeField(
        label="Time",
        required=False,
        widget=TimeInput,
        help_text="New York time. Empty means the end of that day.",
    )

    words = forms.CharField(required=False, max_length=100, label="Only what says")

    def moment(self) -> datetime:
        """The aware moment that was asked about."""
        day, at = self.cleaned_data["day"], self.cleaned_data["at"]
        return timezone.make_aware(datetime.combine(day, at or time.max))


@dataclass(frozen=True)
class Shown:
    """A row as readers saw it: what it was, its facts in words, who let it through."""

    kind: str
    recorded: RecordedRow
    facts: list[tuple[str, str]]
    # Where the desk shows its words, or "".
    page: str


def as_it_was(request: HttpRequest) -> HttpResponse:
    """Everything printed that readers could see at a moment, each with who let it
    through. For everybody at the desk: all of it was public."""
    form = MomentForm(request.GET if "day" in request.GET else None)
    context: dict[str, object] = {
        "form": form,
        "verification": Verification.objects.first(),
    }
    if form.is_valid():
        at = form.moment()
        rows = list(islice(shown_at(at, form.cleaned_data["words"]), ROWS_SHOWN + 1))
        context |= {
            "at": at,
            "rows": sorted(rows[:ROWS_SHOWN], key=lambda row: row.kind),
            "more": len(rows) > ROWS_SHOWN,
        }
    title = "The site as it was"
    return framed_page(request, "admin/record.html", title=title, **context)


def shown_at(at: datetime, words: str = "") -> Iterator[Shown]:
    """What readers saw at a moment; with `words`, what says these."""
    printed = {subject.label: subject for subject in subjects() if subject.printed}
    for row in facts_as_of(at, *printed):
        facts = list(in_words(row))
        text = "\n".join(text for _, text in facts).casefold()
        if was_public(row, at) and words.casefold() in text:
            subject = printed[row.subject]
            name = str(subject.model._meta.verbose_name)
            yield Shown(name, row, facts, subject.page(row.facts, at))


def was_public(row: RecordedRow, at: datetime) -> bool:
    """Whether readers could see the row: an edition between its two moments, a name
    that the attorney let through, and every fact of the firm."""
    facts = row.facts
    begins, ends = parsed(facts.get("live_from")), parsed(facts.get("ends"))
    if begins and (begins > at or (ends and ends <= at)):
        return False
    return bool(facts.get("is_public", True))


def in_words(row: RecordedRow) -> Iterator[tuple[str, str]]:
    """(what it is, text) of each fact, texts in other languages too."""
    texts = {**row.facts}
    for code, translated in (row.facts.get("in_other_languages") or {}).items():
        texts |= {f"{name} ({code})": text for name, text in translated.items()}
    for name, value in texts.items():
        if name in HIDDEN or name.endswith("_id") or value in ("", None, [], {}):
            continue
        yield name.replace("_", " "), _as_text(value)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return moment(parsed(value))
    return to_text(value) if isinstance(value, str) else str(value)
