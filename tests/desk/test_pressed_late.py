"""A button acts on what its page showed. Where something newer came meanwhile, nothing
happens, a sentence says what came, and what was typed is still there."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from helpers.desk import LIST, page
from helpers.offices import LIST as OFFICES
from helpers.offices import history, tap
from helpers.signing_in import give_app, signed_in

from lawblog.models import Entry
from lawblog.people import second_factors
from lawblog.unavailable.trouble import Trouble
from posts import publishing
from posts.models import Edition, PassageNote, Post, Topic
from posts.publishing import publication

HOUR = timedelta(hours=1)


def hidden(text, name):
    return re.search(f'name="{name}" value="(.*?)"', text)[1]


def press(client, address, **fields):
    return client.post(address, fields, follow=True).content.decode()


@pytest.fixture
def ours(attorney_client, publish, clock):
    """An article that is live, and its page of withdrawing as it was opened."""
    post = publish().post
    clock.shift(60)
    address = f"{LIST}{post.pk}/withdraw/"
    return (
        post,
        address,
        {"standing": hidden(page(attorney_client, address), "standing")},
    )


@pytest.mark.slow
def test_no_newer_edition_is_withdrawn_than_was_seen(
    ours, attorney, attorney_client, clock
):
    post, address, seen = ours
    publishing.publish(post, by=attorney)
    clock.shift(60)
    said = press(attorney_client, address, **seen, at="", reason="Typed at length.")
    assert "Anna Example approved edition 2 (Nov 24, 2026" in said
    assert "Nothing was withdrawn." in said and "Typed at length." in said
    assert Edition.objects.live().get().number == 2
    # The page that came back shows it: what is pressed there is meant.
    seen = {"standing": hidden(said, "standing")}
    assert "Withdrawn and gone" in press(
        attorney_client, address, **seen, reason="Old."
    )
    said = press(attorney_client, address, **seen, reason="Twice.")
    assert "Anna Example set an end to edition 2" in said
    seen = {"standing": hidden(said, "standing")}
    said = press(attorney_client, address, **seen, reason="Again.")
    assert "Nothing of it is on the site, or will be." in said


@pytest.mark.slow
def test_nothing_scheduled_is_cancelled_that_was_not_seen(
    ours, attorney, attorney_client, clock
):
    post, address, seen = ours
    said = press(attorney_client, address, **seen, cancel="")
    assert "Nothing is scheduled" in said
    publishing.publish(post, by=attorney, at=timezone.now() + HOUR)
    said = press(attorney_client, address, **seen, cancel="", reason="Typed.")
    assert "Nothing was cancelled." in said and "Typed." in said
    assert "Say in a few words why" not in said
    seen = {"standing": hidden(said, "standing")}
    assert "is cancelled" in press(attorney_client, address, **seen, cancel="")
    assert "Nothing was cancelled." in press(
        attorney_client, address, **seen, cancel=""
    )
    assert Edition.objects.live().get().live_until is None
    # What happened last is told, not what happened to the newest edition.
    seen = {"standing": hidden(page(attorney_client, address), "standing")}
    publishing.withdraw(post, by=attorney)
    said = press(attorney_client, address, **seen, reason="Twice.")
    assert "Anna Example set an end to edition 1" in said


@pytest.mark.slow
def test_what_was_withdrawn_or_approved_meanwhile_is_not_approved(
    ours, attorney, attorney_client, clock
):
    post, *_ = ours
    address = f"{LIST}{post.pk}/publish/"
    seen = {"version_token": hidden(page(attorney_client, address), "version_token")}
    publishing.withdraw(post, by=attorney, reason="It is wrong.")
    said = press(attorney_client, address, **seen, at="2027-01-05T09:00")
    assert "Anna Example set an end to edition 1" in said
    assert "Nothing was published." in said and "2027-01-05T09:00" in said
    assert not Edition.objects.live().exists()
    seen = {"version_token": hidden(said, "version_token")}
    assert "Approved and live" in press(attorney_client, address, **seen)
    # The same button twice.
    said = press(attorney_client, address, **seen)
    assert "Anna Example approved edition 2" in said
    assert Edition.objects.count() == 2


@pytest.mark.slow
def test_what_was_sent_again_is_not_returned_with_the_note_for_before(
    attorney, attorney_client, staff, make_post, clock
):
    post = make_post(submitted_at=timezone.now(), updated_by=staff)
    address = f"{LIST}{post.pk}/return/"
    seen = {"version_token": hidden(page(attorney_client, address), "version_token")}
    clock.shift(60)
    post.save()
    said = press(attorney_client, address, **seen, note="Name the form.")
    assert "after you opened this page" in said and "Name the form." in said
    assert Post.objects.get().submitted_at
    seen = {"version_token": hidden(said, "version_token")}
    assert "is returned" in press(attorney_client, address, **seen, note="Name it.")
    assert Post.objects.get().returned_note == "Name it."


@pytest.mark.slow
def test_a_tap_ends_no_other_closure_than_its_card_shows(
    morning, staff_client, fort_lee
):
    tap(staff_client, fort_lee, "close", cause="weather")
    fort_lee.refresh_from_db()
    shown = fort_lee.own_closures.get()
    stale = hidden(page(staff_client, OFFICES), "closure")
    assert stale == str(shown.pk)
    shown.delete()
    day = {"first_day": shown.first_day, "last_day": shown.last_day}
    other = fort_lee.own_closures.create(**day, reason="the funeral")
    for what in ("open", "why"):
        said = tap(staff_client, fort_lee, what, closure=stale, cause="weather")
        assert "is another since you opened the page" in said.content.decode()
        fort_lee.refresh_from_db()
    assert fort_lee.own_closures.get().cause == other.cause
    tap(staff_client, fort_lee, "open", closure=other.pk)
    assert not fort_lee.own_closures.exists()


@pytest.mark.slow
def test_an_office_is_not_put_back_over_what_was_not_seen(
    morning, staff_client, fort_lee
):
    def switch():
        fort_lee.refresh_from_db()
        tap(staff_client, fort_lee, "appointment")

    switch()
    switch()
    before = history(staff_client, fort_lee)[0].before
    address = f"{OFFICES}{fort_lee.pk}/undo/{before.pk}/"
    shown = page(staff_client, f"{OFFICES}{fort_lee.pk}/history/")
    fort_lee.refresh_from_db()
    tap(staff_client, fort_lee, "close", cause="weather")
    said = press(staff_client, address, newest=hidden(shown, "newest"))
    assert "Nothing was put back." in said and "changed Fort Lee (Nov 24, 2026" in said
    assert fort_lee.own_closures.exists()
    assert "Put back as it was" in press(
        staff_client, address, newest=hidden(said, "newest")
    )
    assert not fort_lee.own_closures.exists()


@pytest.mark.slow
def test_a_note_is_not_resolved_over_an_answer_that_was_not_read(
    attorney_client, make_post
):
    post = make_post()
    address = f"{LIST}{post.pk}/notes/"
    press(attorney_client, address, text="Is that so?")
    note = PassageNote.objects.get()
    seen = {f"seen-{note.pk}": ""}
    press(attorney_client, address, reply=note.pk, **{f"reply-{note.pk}": "No!"})
    said = press(attorney_client, address, resolve=note.pk, **seen)
    assert "Anna Example answered after you opened this page." in said
    assert PassageNote.objects.filter(reply_to=None, resolved_at=None).count() == 1
    seen = {f"seen-{note.pk}": hidden(said, f"seen-{note.pk}")}
    press(attorney_client, address, resolve=note.pk, **seen)
    assert PassageNote.objects.filter(reply_to=None, resolved_at=None).count() == 0


def test_what_is_deleted_at_the_moment_at_which_it_is_approved_is_told(
    attorney_client, make_post, monkeypatch
):
    post = make_post()
    address = f"{LIST}{post.pk}/publish/"
    seen = {"version_token": hidden(page(attorney_client, address), "version_token")}
    monkeypatch.setattr(publication, "require_attorney", lambda by: post.delete())
    answer = attorney_client.post(address, {"reason": "Typed at length.", **seen})
    said = answer.content.decode()
    assert answer.status_code == 503 and Trouble.OVERTAKEN.value in said
    assert "Typed at length." in said


@pytest.mark.slow
def test_nothing_is_deleted_that_was_changed_since_its_page_was_opened(
    attorney_client, make_post, clock
):
    post, topic = make_post(), Topic.objects.create(name="Asylum", slug="asylum")
    for row, change in ((post, {"body": "<p>New.</p>"}), (topic, {"name": "Visas"})):
        address = f"/admin/posts/{row._meta.model_name}/{row.pk}/delete/"
        seen = hidden(page(attorney_client, address), "version_token")
        clock.shift(60)
        for name, value in change.items():
            setattr(row, name, value)
        row.save()
        for token in ({"version_token": seen}, {}):
            said = press(attorney_client, address, post="yes", **token)
            assert "Nothing was deleted." in said
            assert type(row).objects.filter(pk=row.pk).exists()
        press(
            attorney_client,
            address,
            post="yes",
            version_token=hidden(said, "version_token"),
        )
        assert not type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.slow
def test_samples_are_not_removed_that_were_changed_or_added_unseen(
    attorney_client, make_post, clock
):
    post = make_post("A sample", is_sample=True)
    address = f"{LIST}samples/"

    def opened():
        return {"shown": hidden(page(attorney_client, address), "shown")}

    def change():
        clock.shift(60)
        post.save()

    for meanwhile in (change, lambda: make_post("One more", is_sample=True)):
        seen = opened()
        meanwhile()
        assert "Nothing was removed." in press(attorney_client, address, **seen)
    assert Post.objects.count() == 2
    assert "2 sample articles are gone" in press(attorney_client, address, **opened())


@pytest.mark.slow
def test_a_topic_is_not_merged_away_that_was_changed_unseen(attorney_client, set_up):
    names = ("Asylum", "Visas")
    old, into = (Topic.objects.create(name=n, slug=n.lower()) for n in names)
    address = f"/admin/posts/topic/{old.pk}/merge/"
    seen = {"version_token": hidden(page(attorney_client, address), "version_token")}
    Topic.objects.filter(pk=old.pk).update(name="Asylum and parole")
    said = press(attorney_client, address, into=into.pk, **seen)
    assert "Nothing was moved." in said and f'value="{into.pk}" selected' in said
    seen = {"version_token": hidden(said, "version_token")}
    press(attorney_client, address, into=into.pk, **seen)
    assert list(Topic.objects.all()) == [into]


@pytest.mark.slow
def test_a_second_factor_that_came_meanwhile_is_not_reset(
    attorney, attorney_client, staff
):
    desk, address = signed_in(attorney), f"/admin/people/{staff.pk}/reset/"
    give_app(staff)
    seen = {"factor": hidden(page(desk, "/admin/people/"), "factor")}
    second_factors.of_user(staff).delete()
    give_app(staff)
    for factor in (seen, {}):
        assert "Nothing was done." in press(desk, address, **factor)
    assert second_factors.of_user(staff).exists()
    seen = {"factor": hidden(page(desk, "/admin/people/"), "factor")}
    assert "has no second factor now" in press(desk, address, **seen)
    assert Entry.objects.filter(kind="second factor reset").count() == 1
