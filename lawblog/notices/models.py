"""The outbox, what each person wants to be told, and whether mail is known to work."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lawblog.dates import moment

from .kinds import Kind, kind_named

# After a failure: 5, 15, 45 minutes, then every hour…
FIRST_PAUSE, MAX_PAUSE = timedelta(minutes=5), timedelta(hours=1)
# …for so long.
GIVE_UP_AFTER = timedelta(days=3)
SENT, GIVEN_UP, DROPPED = "sent", "given up", "dropped"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> "NoticeQuerySet":
        return self.filter(ended_at=None)

    def due(self, now: datetime) -> "NoticeQuerySet":
        """Those to be sent now, the oldest first."""
        return self.waiting().filter(next_try__lte=now).order_by("created_at", "pk")

    def given_up(self, since: datetime) -> "NoticeQuerySet":
        return self.filter(outcome=GIVEN_UP, ended_at__gt=since)


class Notice(models.Model):
    """A mail to one person: waiting, sent, given up, or dropped since it was no longer
    true or wanted. No words of it are kept: they are made when it is sent."""

    kind = models.CharField(max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    about = models.CharField(max_length=100, blank=True)
    address = models.EmailField(
        blank=True, help_text="Where to, if not to the person's own; until it is sent."
    )
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    trouble = models.CharField(
        max_length=200, blank=True, help_text="Why the last try failed, in a sentence."
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=["next_try"], condition=Q(ended_at=None), name="notice_due"
            ),
            models.Index(fields=["kind", "about"], name="notice_about"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.about}".strip()

    @property
    def label(self) -> str:
        kind = kind_named(self.kind)
        return kind.label if kind else self.kind

    @property
    def in_words(self) -> str:
        """What became of it."""
        if self.outcome == SENT:
            return f"Sent {moment(self.ended_at)}"
        if self.outcome == GIVEN_UP:
            return f"Given up. {self.trouble}"
        if self.outcome == DROPPED:
            return "Not sent: no longer true, or no longer wanted"
        if self.trouble:
            return f"{self.trouble} Next try {moment(self.next_try)}"
        return "On its way"

    def take(self, now: datetime) -> bool:
        """Count an attempt before it is made: no other process takes the notice
        meanwhile, and after a crash it is due again as after a failure."""
        pause = min(FIRST_PAUSE * 3 ** min(self.tries, 9), MAX_PAUSE)
        seen = Notice.objects.waiting().filter(pk=self.pk, tries=self.tries)
        return bool(seen.update(tries=F("tries") + 1, next_try=now + pause))

    def end(self, outcome: str, now: datetime) -> None:
        self.outcome, self.ended_at, self.address = outcome, now, ""
        self._note("outcome", "ended_at", "trouble", "address")

    def fail(self, trouble: str, now: datetime) -> None:
        """trouble: a sentence."""
        self.trouble = trouble
        if now >= self.created_at + GIVE_UP_AFTER:
            self.end(GIVEN_UP, now)
        else:
            self._note("trouble")

    def _note(self, *names: str) -> None:
        """Not by save(), which fails where the person, and the row, went meanwhile."""
        said = {name: getattr(self, name) for name in names}
        Notice.objects.filter(pk=self.pk).update(**said)


class ChoiceQuerySet(models.QuerySet["Choice"]):
    def wants(self, person: models.Model, kind: Kind) -> bool:
        """Whether somebody is to be told of a kind."""
        if not kind.is_chosen:
            return True
        chosen = self.filter(person=person.pk, kind=kind.name)
        wanted: bool | None = chosen.values_list("wanted", flat=True).first()
        return kind.wanted if wanted is None else wanted


class Choice(models.Model):
    """What somebody chose of a kind; without a row it is as the kind says."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=40)
    wanted = models.BooleanField()

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "kind"], name="one_choice_of_a_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.wanted}"


class MailTrial(models.Model):
    """Whether mail was seen to work, or the firm goes without. One row."""

    sent_at = models.DateTimeField(null=True)
    server = models.CharField(max_length=255, blank=True, help_text="It went by this.")
    declined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(pk=1), name="one_trial_of_mail"),
        )

    def __str__(self) -> str:
        return f"{self.server} {self.sent_at}".strip()
