"""When a capture is taken, and that one that fails is none."""

from dataclasses import replace
from datetime import timedelta

import pytest
from helpers.captured import ARTICLE, capture
from helpers.captured import CAPTURED as NOW

from lawblog.records.capture import check, reused_answers, store, take
from offices.models import Office
from posts import publishing

pytestmark = pytest.mark.slow


def test_captures_of_a_large_site_are_further_apart(
    two_articles, captured, publish, monkeypatch
):
    # What it took: three minutes.
    late = {**captured.seen[ARTICLE], "at": "2036-11-27T08:03:00.000000Z"}
    seen = {**captured.seen, ARTICLE: late}
    monkeypatch.setattr(take, "_last", lambda: replace(captured, seen=seen))
    two_articles.shift(timedelta(minutes=1))
    publish("Another")
    assert take.due(NOW + timedelta(minutes=29)) == ""
    assert take.due(NOW + timedelta(minutes=30)) == take.CHANGED


def test_the_first_is_due(captured, nothing_changes):
    (store.folder() / captured.name).unlink()
    assert take.take_if_due().endswith(" addresses, the first.")


def test_one_is_due_monthly_and_once_however_long_nobody_looked(
    two_articles, nothing_changes
):
    two_articles.shift(timedelta(days=2))  # Still November in New York.
    assert take.take_if_due() is None
    two_articles.shift(timedelta(days=100))
    assert ", this month's." in take.take_if_due()
    assert take.take_if_due() is None


@pytest.mark.parametrize("days", [(0, 40, 0), (40, 0, 1)])
def test_a_clock_that_was_ahead_and_put_right_stops_no_capture(
    two_articles, captured, nothing_changes, days
):
    (store.folder() / captured.name).unlink()
    when = [NOW + timedelta(days=day, minutes=n + 1) for n, day in enumerate(days)]
    for moment in when:
        two_articles.move_to(moment)
        capture(two_articles)
    assert len(store.names()) == 3
    assert list(check.problems()) == [
        f"{captured.name} is in the ledger and is not here."
    ]
    assert take.due(when[-1]) == ""
    assert take.due(when[-1] + timedelta(days=5)) == "this month's"


def test_one_is_due_after_changes_once_for_those_of_ten_minutes(
    two_articles, nothing_changes, make_post
):
    two_articles.shift(timedelta(minutes=1))
    publishing.publish(make_post("Another"), by=None)
    assert take.take_if_due() is None  # Perhaps there is more to come.
    two_articles.shift(timedelta(minutes=9))
    assert ", since something was changed." in take.take_if_due()
    two_articles.shift(timedelta(minutes=10))
    assert take.take_if_due() is None


def test_an_office_that_was_changed_makes_one_due(two_articles, captured):
    two_articles.shift(timedelta(minutes=11))
    assert take.due() == ""
    Office.objects.update(landmarks="Beside the bank")
    assert take.due() == "since something was changed"


def test_a_site_that_does_not_answer_is_no_capture(two_articles, monkeypatch):
    from lawblog.records.capture import site_client

    def broken(address):
        return site_client.Answer(503, [], b"away")

    monkeypatch.setattr(reused_answers, "ask", broken)
    with pytest.raises(take.CaptureError, match="answered with 503. Nothing was kept."):
        capture(two_articles)
    assert store.names() == []


def test_the_ledger_is_told_before_the_capture_counts(
    two_articles, captured, nothing_changes, monkeypatch
):
    (store.folder() / captured.name).unlink()
    told = []

    def die(kind, facts, *, by):
        raise KeyboardInterrupt

    monkeypatch.setattr(take, "append", die)
    with pytest.raises(KeyboardInterrupt):
        capture(two_articles)
    assert store.names() == []
    monkeypatch.setattr(take, "append", lambda kind, facts, *, by: told.append(facts))
    capture(two_articles, minutes=1)
    # What was left behind is finished first.
    assert [facts["manifest"] for facts in told] == store.names()
    assert [facts["sha256"] for facts in told] == list(
        map(store.file_digest, store.names())
    )


def test_signing_in_makes_none_due(two_articles, captured, attorney):
    from django.contrib.auth.signals import user_logged_in

    two_articles.shift(timedelta(minutes=11))
    user_logged_in.send(sender=type(attorney), request=None, user=attorney)
    assert take.due() == ""
