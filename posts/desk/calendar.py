"""The calendar: articles that go live or end, days on which an office is closed, and
due dates (due_days.py), as a list and by month."""

from calendar import SUNDAY, Calendar
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, TypedDict

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lawblog.dates import FIRST_DAY, LAST_DAY, beginning_of
from lawblog.desk.pages import framed_page
from lawblog.people.accounts import user_of
from offices.models import Closure
from posts.models import Edition
from posts.models.edition import EditionQuerySet

from .due_days import due
from .event import Event, of_article


def coming(number: int) -> list[Event]:
    """At most so many of the coming events, the next first."""
    now = timezone.now()
    goes = _beginning(live_from__gt=now).order_by("live_from", "pk")[:number]
    ends = _ending(live_until__gt=now).order_by("live_until", "pk")[:number]
    today = timezone.localdate()
    shut = Closure.objects.filter(last_day__gte=today).select_related("office")
    found = [*_goes_live(goes), *_is_withdrawn(ends)]
    # A closure that is under way is listed on its first day.
    found += [_is_shut(closure, closure.first_day) for closure in shut[:number]]
    return sorted(found, key=_when)[:number]


def page(request: HttpRequest) -> HttpResponse:
    """The page of the calendar, for everybody who may see articles at the desk."""
    if not user_of(request).has_perm("posts.view_post"):
        raise PermissionDenied
    return framed_page(request, "admin/calendar.html", title="Calendar")


def _when(event: Event) -> datetime:
    return event.at or beginning_of(event.day)


def month_from(text: str | None) -> date:
    """The first day of a month named like "2026-12"; of this one for anything else."""
    try:
        day: date | None = datetime.strptime(text or "", "%Y-%m").date()
    except ValueError:
        day = None
    if day is None or not FIRST_DAY < day < LAST_DAY.replace(day=1):
        return timezone.localdate().replace(day=1)
    return day


class Month(TypedDict):
    """`weeks`: rows of (day, whether it is in the month, its events), Sunday first."""

    first: date
    before: date
    after: date
    weeks: list[list[tuple[date, bool, list[Event]]]]
    is_empty: bool
    today: date


def month_calendar(first: date) -> Month:
    """A month in whole weeks, with what happens on the days of its neighbours too."""
    weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    events: dict[date, list[Event]] = {}
    for event in _between(weeks[0][0], weeks[-1][-1]):
        events.setdefault(event.day, []).append(event)
    return {
        "first": first,
        "before": (first - date.resolution).replace(day=1),
        "after": date(first.year + first.month // 12, first.month % 12 + 1, 1),
        "weeks": [
            [(day, day.month == first.month, events.get(day, [])) for day in week]
            for week in weeks
        ],
        "is_empty": not events,
        "today": timezone.localdate(),
    }


def _between(first: date, last: date) -> Iterator[Event]:
    """What happens from one day to another, both with it."""
    begin, end = beginning_of(first), beginning_of(last + date.resolution)
    goes = _beginning(live_from__gte=begin, live_from__lt=end)
    ends = _ending(live_until__gte=begin, live_until__lt=end)
    yield from sorted([*_goes_live(goes), *_is_withdrawn(ends)], key=_when)
    shut = Closure.objects.filter(first_day__lte=last, last_day__gte=first)
    for closure in shut.select_related("office"):
        day = max(closure.first_day, first)
        while day <= min(closure.last_day, last):
            yield _is_shut(closure, day)
            day += timedelta(days=1)
    yield from due(first, last)


def _shown() -> EditionQuerySet:
    return Edition.objects.not_cancelled().exclude(post__is_sample=True)


def _of_its_post() -> EditionQuerySet:
    return Edition.objects.not_cancelled().filter(post=OuterRef("post"))


# Any, since what is annotated is not a field.
def _beginning(**when: datetime) -> QuerySet[Any]:
    before = _of_its_post().filter(live_until=OuterRef("live_from"))
    return _shown().filter(**when).annotate(replaces=Exists(before))


def _ending(**when: datetime) -> QuerySet[Any]:
    after = _of_its_post().filter(live_from=OuterRef("live_until"))
    return _shown().filter(**when).exclude(Exists(after))


def _goes_live(editions: Iterable[Any]) -> Iterator[Event]:
    for edition in editions:
        words = "update goes live" if edition.replaces else "goes live"
        at = edition.live_from
        yield of_article(edition, timezone.localdate(at), words, "live", at)


def _is_withdrawn(editions: Iterable[Any]) -> Iterator[Event]:
    for edition in editions:
        at = edition.live_until
        yield of_article(edition, timezone.localdate(at), "is withdrawn", "ends", at)


def _is_shut(closure: Closure, day: date) -> Event:
    page = reverse("admin:offices_closure_change", args=[closure.pk])
    office = closure.office.name if closure.office else "All offices"
    words = closure.what[:1].lower() + closure.what[1:]
    return Event(day, None, words, "shut", office, page)
