"""Publishing, scheduling, withdrawing: what the record says and readers see."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from helpers.clock import NOON
from helpers.recorded import unguarded

from posts import publishing
from posts.models import Edition, FrozenEdition, Post
from posts.publishing import withdrawal

NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(finished_firm):
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def titles(at=None):
    return [edition.title for edition in Edition.objects.live(at)]


def rewrite(post, **fields):
    for name, value in fields.items():
        setattr(post, name, value)
    post.save()
    return post


def test_an_edition_keeps_the_words_and_who_approved_them(make_post, attorney):
    post = make_post("Bond hearings", topics=["Court"])
    edition = publishing.publish(post, by=attorney)
    rewrite(post, title="Changed", body="<p>Changed.</p>")
    edition.refresh_from_db()
    assert (edition.title, edition.body) == (
        "Bond hearings",
        "<p>Text of Bond hearings.</p>",
    )
    assert (edition.approved_by, edition.approved_by_name) == (attorney, "Anna Example")
    assert (edition.approved_at, edition.live_from) == (NOON, NOON)
    assert edition.topic_names == ["Court"]


def test_the_digest_betrays_a_changed_row(publish):
    edition = publish("Bond hearings")
    assert publishing.digest_of(edition) == edition.digest
    unguarded("UPDATE posts_edition SET body = '<p>Other.</p>'")
    edition.refresh_from_db()
    assert publishing.digest_of(edition) != edition.digest


@pytest.mark.slow
def test_scheduled_words_appear_at_the_second(publish, client, clock):
    publish("Tomorrow", at=NOON + HOUR)
    clock.shift(HOUR - timedelta(seconds=1))
    assert client.get("/posts/tomorrow/").status_code == 404
    clock.shift(timedelta(seconds=1))
    assert client.get("/posts/tomorrow/").status_code == 200


def test_a_scheduled_update_replaces_at_its_moment_and_not_before(publish, clock):
    post = publish("First").post
    publish(rewrite(post, title="Second"), at=NOON + HOUR)
    assert titles() == ["First"]
    assert titles(NOON + HOUR) == ["Second"]


def test_what_did_we_say_at_a_moment(publish, clock):
    post = publish("First").post
    clock.shift(HOUR)
    publish(rewrite(post, title="Second"))
    clock.shift(HOUR)
    publishing.withdraw(post, by=None)
    moments = [NOON - HOUR, NOON, NOON + HOUR, NOON + 2 * HOUR]
    assert [titles(at) for at in moments] == [[], ["First"], ["Second"], []]


def test_publishing_now_calls_off_what_was_scheduled(publish, clock):
    post = publish("First").post
    publish(rewrite(post, title="Second"), at=NOON + HOUR)
    publish(rewrite(post, title="Third"))
    assert titles() == titles(NOON + 2 * HOUR) == ["Third"]


def test_calling_off_leaves_what_is_live(publish, clock):
    post = publish("First").post
    publish(rewrite(post, title="Second"), at=NOON + HOUR)
    assert publishing.cancel(post, by=None) == 2
    assert titles() == titles(NOON + 2 * HOUR) == ["First"]


def test_withdrawal_can_be_scheduled(publish, clock):
    post = publish("First").post
    publishing.withdraw(post, by=None, at=NOON + HOUR)
    assert (titles(), titles(NOON + HOUR)) == (["First"], [])


def test_withdrawing_ends_what_is_scheduled_too(publish):
    post = publish("First", at=NOON + HOUR).post
    assert publishing.withdraw(post, by=None) is True
    assert titles(NOON + 2 * HOUR) == []
    assert publishing.withdraw(post, by=None) is False


def test_a_moment_in_the_past_is_refused(publish):
    with pytest.raises(ValidationError, match="passed"):
        publish("Late", at=NOON - HOUR)
    assert titles() == []


def test_only_the_right_to_publish_publishes(make_post, staff):
    post = make_post()
    for act in (publishing.publish, publishing.withdraw, publishing.cancel):
        with pytest.raises(PermissionDenied):
            act(post, by=staff)
    assert not Edition.objects.exists()


def test_words_that_changed_since_they_were_read_are_not_published(make_post):
    post = make_post()
    seen = publishing.candidate_for(post).version_token
    rewrite(post, body="<p>Other words.</p>")
    with pytest.raises(publishing.ChangedMeanwhile):
        publishing.publish(post, by=None, version_token=seen)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("body", ["", "<p> </p>", "<p>&nbsp;</p>"])
def test_an_empty_article_is_not_published(publish, body):
    with pytest.raises(ValidationError, match="no text"):
        publish("Empty", body=body)


def test_the_first_date_is_the_day_it_goes_live_and_stays(publish, clock):
    edition = publish("Dated", at=datetime(2026, 12, 1, 0, 30, tzinfo=NEW_YORK))
    assert edition.published_on == date(2026, 12, 1)
    clock.move_to(datetime(2027, 1, 5, tzinfo=NEW_YORK))
    edition.post.refresh_from_db()
    assert publish(edition.post).published_on == date(2026, 12, 1)


DECEMBER = datetime(2026, 12, 1, 9, tzinfo=NEW_YORK)


@pytest.mark.parametrize("cancel", [False, True])
@pytest.mark.parametrize("substantive", [True, False])
@pytest.mark.parametrize("days", [4, -3, None])
def test_what_nobody_read_is_scheduled_as_if_once(
    publish, clock, cancel, substantive, days
):
    post = publish("First", at=DECEMBER).post
    if cancel:
        publishing.cancel(post, by=None)
    at = days and DECEMBER + timedelta(days=days)
    post.refresh_from_db()
    rewrite(post, title="Second")
    edition = publishing.publish(post, by=None, at=at, substantive=substantive)
    assert edition.published_on == (at or NOON).date()
    assert not edition.was_updated
    clock.move_to(DECEMBER)
    assert "First" not in titles()
    assert titles(DECEMBER + timedelta(days=4)) == ["Second"]
    clock.move_to(DECEMBER + timedelta(days=5))
    post.refresh_from_db()
    third = publish(post)
    assert third.published_on == edition.published_on
    assert third.was_updated


@pytest.mark.parametrize("day", [date(2018, 8, 27), date(2026, 12, 3)])
def test_a_date_set_by_hand_stays_when_an_article_is_postponed(publish, day):
    post = publish("First", at=DECEMBER).post
    post.refresh_from_db()
    rewrite(post, published_on=day)
    for days in (4, 6):
        edition = publish(post, at=DECEMBER + timedelta(days=days))
        post.refresh_from_db()
        assert edition.published_on == day
        assert not edition.was_updated


def test_only_a_substantive_change_moves_the_date_of_the_last_change(make_post, clock):
    post = make_post()
    first = publishing.publish(post, by=None)
    clock.shift(HOUR)
    typo = publishing.publish(post, by=None, substantive=False)
    assert typo.modified_at == first.modified_at
    assert publishing.publish(post, by=None).modified_at == NOON + HOUR


def test_an_edition_cannot_be_edited_or_deleted(publish):
    edition = publish("Kept")
    edition.title = "Other"
    for change in (
        edition.save,
        lambda: edition.save(update_fields=["title"]),
        lambda: Edition.objects.update(title="Other"),
        lambda: Edition.objects.bulk_update([edition], ["title"]),
        edition.delete,
        Edition.objects.all().delete,
    ):
        with pytest.raises(FrozenEdition):
            change()


def test_the_database_refuses_a_second_edition_without_end(publish):
    edition = publish("One")
    edition.pk, edition._state.adding, edition.number = None, True, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        edition.save()


def test_an_account_that_approved_stays(make_post, attorney):
    publishing.publish(make_post(), by=attorney)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=attorney.pk).delete()


def test_an_old_address_leads_to_the_new_one(publish, client, clock):
    post = publish("First", slug="old").post
    clock.shift(HOUR)
    publish(rewrite(post, slug="new"))
    response = client.get("/posts/old/")
    assert (response.status_code, response["Location"]) == (301, "/posts/new/")
    publishing.withdraw(post, by=None)
    assert client.get("/posts/old/").status_code == 404


def test_an_address_of_the_desk_alone_leads_nowhere(publish, client):
    rewrite(publish("First", slug="old").post, slug="new")
    assert client.get("/posts/old/").status_code == 200
    assert client.get("/posts/new/").status_code == 404


def test_an_address_that_was_published_is_not_given_to_another(
    publish, make_post, clock
):
    post = publish("First", slug="old").post
    clock.shift(HOUR)
    publish(rewrite(post, slug="new"))
    with pytest.raises(ValidationError, match="at this address"):
        publish(make_post("Second", slug="old"))


def test_what_was_read_keeps_its_date_though_the_field_is_empty(publish):
    post = publish("First", published_on=date(2024, 1, 5)).post
    edition = publish(rewrite(post, published_on=None, title="Second"))
    assert edition.published_on == date(2024, 1, 5)
    assert (
        publish(rewrite(post, published_on=date(2020, 1, 1))).published_on.year == 2020
    )


def test_an_address_that_is_still_to_come_is_not_given_to_another(
    publish, make_post, clock
):
    post = publish("First", slug="same", at=NOON + HOUR).post
    rewrite(post, slug="mine")
    second = make_post("Second", slug="same")
    with pytest.raises(ValidationError, match="at this address"):
        publish(second)
    with pytest.raises(ValidationError, match="will be published at this address"):
        Post(title="Third", slug="same").clean()
    publishing.cancel(post, by=None)
    assert publish(second)


def test_what_goes_live_has_no_day_to_come(make_post):
    tomorrow = NOON.date() + timedelta(days=1)
    for field, sentence in (
        ("law_as_of", "is a day to come"),
        ("published_on", "after the day on which it goes live"),
    ):
        post = make_post(field, slug=field.replace("_", "-"), **{field: tomorrow})
        with pytest.raises(ValidationError, match=sentence):
            publishing.publish(post, by=None)
    later = NOON + timedelta(days=2)
    assert publishing.publish(post, by=None, at=later).published_on == tomorrow


def test_addresses_that_differ_in_case_alone_are_one(make_post):
    publishing.publish(make_post("One", slug="Asylum-FAQ"), by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post("Two", slug="asylum-faq")
    make_post("A draft", slug="Draft")
    with pytest.raises(ValidationError, match="in other letters"):
        Post(title="Two", slug="draft").full_clean()
    # Nor where the first one was read before it moved.
    Post.objects.filter(title="One").update(slug="elsewhere")
    other = make_post("Two", slug="asylum-faq")
    with pytest.raises(ValidationError, match="at this address"):
        publishing.publish(other, by=None)
    with pytest.raises(ValidationError, match="links must lead to it"):
        other.full_clean()


@pytest.mark.parametrize("slug", ["-", "_", "--_-", "Topics"])
def test_an_address_that_is_none_is_refused(make_post, slug):
    with pytest.raises(ValidationError, match="address"):
        make_post(slug=slug).full_clean()


def test_who_waited_for_others_ends_it_when_it_is_their_turn(
    publish, clock, monkeypatch
):
    """Else the record would deny what readers saw meanwhile."""
    post = publish().post
    publish("Coming", at=NOON + HOUR)
    coming = Edition.objects.get(title="Coming")
    monkeypatch.setattr(withdrawal, "lock", lambda: clock.shift(HOUR))
    assert publishing.cancel(coming.post, by=None) == 0
    publishing.withdraw(post, by=None)
    assert Edition.objects.get(post=post).live_until == NOON + 2 * HOUR
    coming.refresh_from_db()
    assert not coming.is_cancelled
