"""Who may approve, return and review; what is kept of it, and what is refused."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from helpers.clock import NOON
from helpers.desk import LIST, give_back, page, withdraw

from lawblog.models import Entry
from offices.models import Firm
from posts import publishing
from posts.models import Edition, FrozenEdition, Post, Review, Topic
from posts.publishing.candidate import findings

pytestmark = pytest.mark.usefixtures("set_up", "clock")
CLAIM = "<p>We are the best.</p>"


def approve(client, post, **fields):
    address = f"{LIST}{post.pk}/publish/"
    seen = client.get(address).context["form"].initial["version_token"]
    return client.post(address, {"version_token": seen, "substantive": "on", **fields})


@pytest.mark.slow
@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"summary": ""}, "no summary"),
        ({"body": '<p><img src="/media/a.png"></p>'}, "no description"),
        ({"body": "<h3>Low</h3><p>Words.</p>"}, "Heading 3 follows a title"),
        ({"body": '<p><a href="/posts/nowhere/">A page</a></p>'}, "/posts/nowhere/"),
        ({"body": '<p><a href="https://a.example">https://a.example</a></p>'}, "words"),
    ],
)
def test_what_must_be_mended_is_not_published(
    attorney, attorney_client, make_post, fields, sentence
):
    post = make_post(**fields)
    with pytest.raises(ValidationError, match=sentence):
        publishing.publish(post, by=attorney, reason="Let it stand.")
    assert sentence in page(attorney_client, f"{LIST}{post.pk}/publish/")
    attorney_client.post(
        f"{LIST}{post.pk}/publish/", {"reason": "Go", "version_token": ""}
    )
    assert not Edition.objects.exists()


OPENS = {
    "/": True,
    "/posts/": True,
    "/posts/live/": True,
    "/posts/a-title/": True,
    "/posts/topics/asylum/": True,
    "http://127.0.0.1:8000/posts/live/?a=b#c": True,
    "/feed/": True,
    "/posts/draft/": False,
    "/posts/topics/secret/": False,
    "http://127.0.0.1:8000/posts/draft/": False,
    "/admin/": False,
    "/posts/live": False,
    "/offices/nowhere/": False,
    "https://elsewhere.example/posts/draft/": True,
    "mailto:someone@example.com": True,
}


@pytest.mark.slow
def test_a_link_must_lead_to_what_readers_can_open(make_post, publish):
    publish("Live", topics=["Asylum"])
    make_post("Draft", topics=["Secret"])
    post = make_post()
    for path, public in OPENS.items():
        post.body = f'<p><a href="{path}">A page</a></p>'
        found = publishing.problems(publishing.candidate_for(post), approved=False)
        assert (found == []) is public, path


def test_nothing_is_approved_for_an_unfinished_firm(attorney, make_post, publish):
    Firm.objects.update(name="")
    with pytest.raises(ValidationError, match="firm's record is unfinished"):
        publishing.publish(make_post(), by=attorney)
    # Samples, which nobody approves, show the site before it is filled in.
    assert publish("Sample")


@pytest.mark.slow
def test_a_warning_is_passed_with_a_reason_that_is_kept(attorney_client, make_post):
    post = make_post(body=CLAIM)
    assert "say why in a few words" in approve(attorney_client, post).content.decode()
    assert not Edition.objects.exists()
    approve(attorney_client, post, reason="It quotes the court.")
    edition = Edition.objects.get()
    assert edition.override_reason == "It quotes the court."
    assert [warning["excerpt"] for warning in edition.warnings] == ["We are the best."]
    with pytest.raises(FrozenEdition):
        Edition.objects.update(override_reason="Other")
    assert "It quotes the court." in page(attorney_client, f"{LIST}{post.pk}/change/")


def test_the_form_shows_what_the_checks_find(staff_client, make_post):
    post = make_post(body=CLAIM)
    shown = page(staff_client, f"{LIST}{post.pk}/change/")
    assert "may read as a promise" in shown and "Paragraph 1." in shown
    assert f"{LIST}{post.pk}/preview/#:~:text=We%20are%20the%20best." in shown


@pytest.mark.parametrize("day, is_shown", [(date(2020, 1, 1), True), (None, False)])
def test_the_attorney_sees_that_the_date_changes(
    attorney_client, publish, day, is_shown
):
    post = publish(published_on=date(2024, 1, 5)).post
    post.published_on = day
    post.save()
    changes = attorney_client.get(f"{LIST}{post.pk}/publish/").context["changes"]
    shown = [("date", date(2024, 1, 5), day)] if is_shown else []
    assert changes == shown


def test_the_attorney_sees_what_changes(attorney_client, publish):
    post = publish(body="<p>File within one year of arrival.</p>").post
    Post.objects.update(title="New", body="<p>File within two years of arrival.</p>")
    shown = page(attorney_client, f"{LIST}{post.pk}/publish/")
    assert "<del>A title</del> <ins>New</ins>" in shown
    assert "<del" in shown and "two years" in shown and "one year" in shown


@pytest.mark.slow
def test_an_article_is_returned_with_a_note_and_handed_over_again(
    client, staff, attorney, make_post, post_form
):
    post = make_post(submitted_at=NOON, updated_by=staff)
    client.force_login(attorney)
    assert "Say in a few words" in give_back(client, post, " ").content.decode()
    give_back(client, post, "Name the form.")
    client.force_login(staff)
    assert "Returned: Name the form." in page(client, LIST)
    assert "Name the form." in page(client, "/admin/")
    assert "Name the form." in page(client, f"{LIST}{post.pk}/change/")
    post.refresh_from_db()
    client.post(f"{LIST}{post.pk}/change/", post_form(post, _submit="1"))
    post.refresh_from_db()
    assert (post.state(), post.returned_note) == ("Waiting for approval", "")
    client.force_login(attorney)
    assert f"{LIST}{post.pk}/publish/" in page(client, "/admin/")


def test_only_what_waits_is_returned(attorney_client, make_post):
    post = make_post()
    answer = attorney_client.post(
        f"{LIST}{post.pk}/return/", {"note": "A"}, follow=True
    )
    assert "is no longer waiting for approval" in answer.content.decode()
    assert Post.objects.get().returned_note == ""


@pytest.mark.parametrize("name", ["return", "reviewed"])
def test_staff_neither_return_nor_review(staff_client, publish, name):
    post = publish().post
    answer = staff_client.post(f"{LIST}{post.pk}/{name}/", {"note": "A"})
    assert answer.status_code == 403
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        f"{LIST}{{post}}/return/",
        f"{LIST}{{post}}/reviewed/",
        f"{LIST}needs-review/",
        "/admin/posts/topic/{topic}/merge/",
    ],
)
def test_strangers_are_asked_to_sign_in(client, publish, address):
    post = publish(topics=["Asylum"]).post
    address = address.format(post=post.pk, topic=Topic.objects.get().pk)
    for answer in (client.get(address), client.post(address)):
        assert answer.url.startswith("/admin/login/")


@pytest.mark.slow
def test_pasted_pictures_are_left_out_with_a_sentence(staff_client, post_form):
    picture = '<p>Kept.</p><img src="data:image/png;base64,' + "A" * 170_000 + '">'
    answer = staff_client.post(
        f"{LIST}add/", post_form(body=picture * 30, _continue="1"), follow=True
    )
    assert "30 pictures within the text were left out." in answer.content.decode()
    assert Post.objects.get().body.count("Kept.") == 30
    assert "data:" not in Post.objects.get().body


# The month on the front page.


# Topics, one and many at once.


def publish_page(client, post):
    return client.get(reverse("admin:posts_post_publish", args=[post.pk]))


def test_a_first_approval_shows_the_whole_text_as_readers_will_see_it(
    attorney_client, make_post
):
    body = "<p>First.[[A note.]]</p><ul><li>One</li></ul><p>The very last words.</p>"
    page = publish_page(
        attorney_client, make_post(body=body, topics=["Asylum"])
    ).content.decode()
    wanted = ["First.", "<li>One</li>", "The very last words.", "A note."]
    # And what stands around it: the address, the law's day, the topics.
    for words in [*wanted, "/posts/a-title/", "Nov. 2, 2026", "Asylum"]:
        assert words in page
    assert "[[" not in page


def test_what_the_checks_found_stands_once_beside_its_passage(
    attorney_client, make_post
):
    body = (
        "<h2>A heading[[no note]]</h2><p>Plain.[[A note.]]</p><p>We are the best.</p>"
        "<ul><li>One</li><li>Two</li></ul><p><a href='/x/'>There</a></p>"
    )
    answer = publish_page(attorney_client, make_post(body=body))
    beside = [
        [finding.severity for finding in passage.findings]
        for passage in answer.context["passages"]
    ]
    assert beside == [["should"], [], ["should"], [], ["must"]]
    page = answer.content.decode()
    assert page.count("may read as a promise") == 1
    assert page.count("leads to no page that readers can open") == 1


def test_of_a_link_to_a_draft_it_is_said_what_to_do(make_post, publish, clock):
    one = make_post("One", body='<p>See <a href="/posts/two/">two</a>.</p>')
    two = make_post("Two")

    def said():
        return " ".join(
            f.sentence for f in findings(one) if "/posts/two/" in f.sentence
        )

    assert "cannot open yet. Publish that one first" in said()
    publish(two)
    assert not said()
    clock.shift(timedelta(hours=1))
    # What was withdrawn is not to come: it is gone.
    publishing.withdraw(two, by=None, reason="No more.")
    assert said().endswith("leads to no page that readers can open.")


@pytest.mark.slow
def test_nothing_is_approved_without_its_text_on_the_page(attorney_client, make_post):
    post = make_post()
    address = reverse("admin:posts_post_publish", args=[post.pk])
    for sent in ({}, {"version_token": ""}, {"version_token": "x" * 64}):
        attorney_client.post(address, sent)
    assert not Edition.objects.exists()


@pytest.mark.slow
def test_a_reason_is_offered_again_for_a_sentence_that_did_not_change(
    attorney_client, attorney, make_post
):
    post = make_post(body="<p>We won.</p>")
    publishing.publish(post, by=attorney, reason="It is a quotation.")
    Post.objects.filter(pk=post.pk).update(body="<p>We won.</p><p>More.</p>")
    form = publish_page(attorney_client, post).context["form"]
    assert form["reason"].value() == "It is a quotation."
    Post.objects.filter(pk=post.pk).update(body="<p>We won it all.</p>")
    form = publish_page(attorney_client, post).context["form"]
    assert form["reason"].value() == ""


def test_nobody_approves_without_a_full_name(attorney, make_post):
    attorney.first_name = attorney.last_name = ""
    attorney.save()
    with pytest.raises(ValidationError, match="Your account has no full name"):
        publishing.publish(make_post(), by=attorney)
    assert not Edition.objects.exists()


def test_a_withdrawal_asks_why_and_the_record_keeps_it(attorney_client, publish, clock):
    post = publish().post
    clock.shift(60)
    page = withdraw(attorney_client, post, reason=" ").content.decode()
    assert "Say in a few words why" in page
    assert Edition.objects.live().exists()
    withdraw(attorney_client, post, reason="The rule changed.")
    assert not Edition.objects.live().exists()
    assert json.loads(Entry.objects.get(kind="withdraw").line)["note"] == (
        "The rule changed."
    )
