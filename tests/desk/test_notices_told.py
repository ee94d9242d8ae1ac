"""What people of the desk are told of by mail, and when."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.db.models import F
from helpers.desk import give_back
from helpers.form_opened import seen
from helpers.signing_in import attempt, signed_in

from lawblog.keeping import housekeeping
from lawblog.keeping.models import JobRun
from lawblog.notices.desk_notices import SIGN_IN
from lawblog.notices.models import Choice, Notice
from lawblog.notices.outbox import notify
from lawblog.notices.sending import send_due
from posts import publishing
from posts.desk.notices import LAW_CHANGED, PROPOSED
from posts.law import notices as law
from posts.models import LawChange, Post, Topic

DAY = timedelta(days=1)


@pytest.fixture
def jobs(monkeypatch):
    """jobs("went live") runs these jobs of housekeeping, due or not."""
    real = dict(housekeeping._jobs)

    def run(*names):
        monkeypatch.setattr(housekeeping, "_jobs", {n: real[n] for n in names})
        JobRun.objects.filter(failed=True).update(started_at=None)
        housekeeping.run()

    return run


@pytest.mark.slow
def test_the_attorney_is_told_of_what_waits_and_the_writer_of_what_comes_back(
    told, client, staff, attorney, post_form
):
    client.force_login(staff)
    words = post_form(title="A secret draft", _submit="")
    client.post("/admin/posts/post/add/", words)
    post = Post.objects.get()
    where = f"/admin/posts/post/{post.pk}"
    assert told() == [
        ("anna@example.com", "An article waits for you", f"{where}/publish/")
    ]
    client.post(f"{where}/change/", post_form(post, _submit="", summary="More."))
    assert told() == []
    client.force_login(attorney)
    give_back(client, post, "Shorten the secret part.")
    assert told() == [
        ("sam@example.com", "An article came back to you", f"{where}/change/")
    ]


@pytest.mark.slow
def test_no_word_of_a_draft_is_in_a_mail(told, staff_client, post_form):
    words = dict.fromkeys(("title", "summary", "slug"), "walnut")
    words["body"] = "<p>walnut</p>"
    staff_client.post("/admin/posts/post/add/", post_form(**words, _submit=""))
    Notice.objects.filter(kind=SIGN_IN).delete()
    send_due()
    (message,) = mail.outbox
    assert "walnut" not in message.message().as_string()


@pytest.mark.slow
def test_what_was_approved_meanwhile_waits_for_nobody(
    told, staff_client, attorney, post_form
):
    staff_client.post("/admin/posts/post/add/", post_form(summary="Short.", _submit=""))
    publishing.publish(Post.objects.get(), by=attorney, reason="Read.")
    assert told() == []


@pytest.mark.slow
def test_what_went_live_as_scheduled_is_told_once(told, jobs, clock, attorney, publish):
    publish("Live now")
    jobs("went live")
    publish("Scheduled", at=datetime.now(timezone.utc) + DAY)
    clock.shift(DAY)
    jobs("went live")
    jobs("went live")
    # A run that was killed before it was noted.
    JobRun.objects.update(succeeded_at=F("succeeded_at") - DAY)
    jobs("went live")
    heads = sorted((to, path) for to, _, path in told())
    assert heads == [
        ("anna@example.com", "/posts/scheduled/"),
        ("sam@example.com", "/posts/scheduled/"),
    ]


@pytest.mark.slow
def test_each_monday_at_seven_the_attorney_is_told_what_is_due_for_review(
    told, jobs, clock, publish
):
    # Tuesday noon; due on the Sunday of the week after next.
    publish("Old law", review_by="2026-12-13")
    jobs("review due")
    assert told() == []
    clock.shift(7 * DAY)
    jobs("review due")
    clock.shift(timedelta(days=6, hours=-5, minutes=-1))  # Monday, 6:59
    jobs("review due")
    assert told() == []
    clock.shift(timedelta(minutes=1))
    jobs("review due")
    jobs("review due")
    assert told() == [
        (
            "anna@example.com",
            "Due for review this week",
            "/admin/posts/post/needs-review/",
        )
    ]


@pytest.mark.slow
def test_a_job_that_fails_is_told_to_the_owner_once_a_day(
    told, clock, jobs, monkeypatch
):
    User.objects.filter(is_superuser=True).update(email="owner@example.com")

    def fail():
        raise OSError("The disk is full.")

    monkeypatch.setitem(
        housekeeping._jobs, "backup", housekeeping.Job("backup", fail, DAY)
    )
    for _ in range(30):
        JobRun.objects.update(started_at=None)
        housekeeping._do(housekeeping._jobs["backup"])
        clock.shift(timedelta(hours=1))
    assert [head[:2] for head in told()] == [
        ("owner@example.com", "Housekeeping failed")
    ] * 2
    notify("job failed", about="backup")
    JobRun.objects.update(failed=False)
    assert told() == []


@pytest.mark.slow
def test_the_end_of_the_record_is_mailed_after_each_month_to_whoever_asked(
    told, jobs, clock
):
    owner = User.objects.get(is_superuser=True)
    User.objects.filter(pk=owner.pk).update(email="owner@example.com")
    jobs("ledger head")
    clock.shift(31 * DAY)
    jobs("ledger head")
    assert told() == []
    Choice.objects.create(person=owner, kind="ledger head", wanted=True)
    clock.shift(31 * DAY)
    for _ in range(2):
        jobs("ledger head")
    send_due()
    (message,) = mail.outbox
    assert message.to == ["owner@example.com"]
    head = re.search(r"^(\d+:[0-9a-f]{64})$", message.body, re.MULTILINE)[1]
    call_command("verify_record", "--head", head)
    # New Year's Eve in New York, when it is January in Greenwich.
    clock.move_to(datetime(2026, 12, 1, 12, tzinfo=timezone.utc))
    jobs("ledger head")
    Notice.objects.all().delete()
    clock.move_to(datetime(2027, 1, 1, 3, tzinfo=timezone.utc))
    for _ in range(2):
        jobs("ledger head")
    assert not Notice.objects.exists()


@pytest.mark.slow
def test_a_new_browser_is_told_to_the_person_and_the_owner(told, client, staff):
    User.objects.filter(is_superuser=True).update(email="owner@example.com")
    attempt(client, name="sam")
    assert {head[:2] for head in told(sign_ins=True)} == {
        ("sam@example.com", "Signed in from a new browser"),
        ("owner@example.com", "Signed in from a new browser"),
    }
    client.post("/admin/logout/")
    attempt(client, name="sam")
    assert told(sign_ins=True) == []


@pytest.mark.slow
def test_a_change_of_law_is_told_to_the_others_while_readers_are_told(
    told, attorney_client, attorney, publish
):
    publish("Rests on it", body="<p>See INA 287(g).</p>")
    change = LawChange.objects.create(
        key="usc.8.1357.g",
        day="2026-11-02",
        sentence="Agreements are broader.",
        in_other_languages={"es": {"sentence": "Los acuerdos son más amplios."}},
    )
    address = f"/admin/posts/lawchange/{change.pk}/pages/"
    token = law.draft_of(change).version_token
    page = {
        "shown_page": str(Post.objects.get().pk),
        "page": str(Post.objects.get().pk),
    }
    body = {**page, "approve": "yes", "version_token": token, "reason": "Read."}
    attorney_client.post(address, body)
    assert told() == [("sam@example.com", "The law changed", address)]
    notify(LAW_CHANGED, about=change)
    law.undo(change.notices.get(), by=attorney)
    assert told() == []


@pytest.mark.slow
def test_what_staff_propose_is_told_to_the_attorney_once_a_day(
    told, client, staff, attorney, clock
):
    client.force_login(staff)
    form = {
        "authority": "INA 287(g)",
        "day": "2026-11-02",
        "sentence": "It is broader.",
    }
    form |= {"sentence_es": "Es más amplio.", "source": "https://www.uscis.gov/"}
    client.post("/admin/posts/lawchange/add/", form)
    pages = f"/admin/posts/lawchange/{LawChange.objects.get().pk}/pages/"
    assert told() == [("anna@example.com", "Something waits for you", pages)]
    bond = {"name": "Bond", "slug": "bond", "name_es": "Fianza"}
    client.post("/admin/posts/topic/add/", bond)
    address = f"/admin/posts/topic/{Topic.objects.get().pk}/change/"
    assert told() == [("anna@example.com", "Something waits for you", address)]
    client.post(address, bond | {"name": "Bonds"} | seen(Topic.objects.get()))
    assert told() == []
    clock.shift(DAY)
    client.force_login(staff)
    client.post(address, bond | {"name": "Release"} | seen(Topic.objects.get()))
    assert Topic.objects.get().name == "Release"
    Topic.objects.update(is_public=True)
    assert Notice.objects.waiting().filter(kind=PROPOSED).exists() and told() == []
    client.force_login(attorney)
    client.post("/admin/posts/topic/add/", bond | {"slug": "b", "name": "Own"})
    assert Topic.objects.count() == 2 and told() == []


def test_a_new_address_is_told_to_the_one_of_before(told, client, staff):
    signed_in(staff, client)
    form = {"name": "Sam Example", "email": "thief@example.com"}
    client.post("/admin/account/name/", form)
    assert told() == [
        ("sam@example.com", "Your account was changed", "/admin/account/")
    ]
    client.post("/admin/account/name/", form | {"email": ""})
    client.post("/admin/account/name/", form | {"email": "sam@example.com"})
    assert [to for to, *_ in told()] == ["thief@example.com"]
    assert not Notice.objects.exclude(address="").exists(), "kept once it was sent"


def test_a_new_password_or_factor_is_told_and_the_first_of_them_is_not(
    told, client, staff, django_capture_on_commit_callbacks
):
    signed_in(staff, client)
    new = "lantern quick brown seven"
    client.post(
        "/admin/account/password/", {"new_password1": new, "new_password2": new}
    )
    assert told() == [
        ("sam@example.com", "Your account was changed", "/admin/account/")
    ]
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/account/app/remove/")
    assert told() == []


@pytest.mark.slow
def test_a_deadline_is_told_a_week_before_it_passes(told, jobs, publish, staff, clock):
    mark = '<time data-deadline="">file by December 3, 2026</time>'
    publish(body=f"<p>You must {mark}.</p>")
    seen = []
    for _ in range(12):
        jobs("deadline near")
        seen.append(len(told()))
        clock.shift(DAY)
        if len(seen) == 5:  # corrected meanwhile
            publishing.publish(Post.objects.get(), by=None)
    # On the 26th: a week before December 3.
    assert seen == [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]
