"""The way back: an earlier save, an edition, a draft that was deleted; and two people
at one article, of whom neither overwrites the other."""

import html
import re

import pytest
from django.db import connection
from helpers.desk import LIST, page
from helpers.form_opened import seen
from reversion.models import Version

from offices.models import Attorney
from posts import publishing
from posts.history import restoring, versions
from posts.models import (
    AuthorityChoice,
    DraftFinding,
    OldAddress,
    PassageNote,
    Post,
    Series,
    Term,
    Topic,
)


@pytest.fixture(autouse=True)
def now(finished_firm, clock):
    return clock


@pytest.mark.slow
def test_putting_back_is_shown_first_and_changes_nothing_public(
    staff_client, make_post, save
):
    post = make_post()
    save(staff_client, post, body="<p>First words.</p>")
    publishing.publish(post, by=None)
    save(staff_client, post, body="<p>Worse words.</p>")
    first = versions.saves(post)[0]
    address = f"{LIST}{post.pk}/compare/?before=now&after={first.key}&restore"
    page = staff_client.get(address)
    assert "Put it back like this" in page.content.decode()
    seen = {"version_token": page.context["version_token"]}
    staff_client.post(f"{LIST}{post.pk}/restore/{first.key}/", seen)
    assert Post.objects.get().body == "<p>First words.</p>"
    assert len(versions.saves(post)) == 3
    assert post.editions.count() == 1


@pytest.mark.slow
def test_nothing_is_put_back_over_a_save_that_nobody_saw(staff_client, make_post, save):
    post = make_post()
    save(staff_client, post, body="<p>First words.</p>")
    first = versions.saves(post)[0]
    address = f"{LIST}{post.pk}/compare/?before=now&after={first.key}&restore"
    seen = {"version_token": staff_client.get(address).context["version_token"]}
    save(staff_client, post, body="<p>Hers.</p>")
    address = f"{LIST}{post.pk}/restore/{first.key}/"
    page = staff_client.post(address, seen, follow=True).content.decode()
    assert "was changed by Sam Example" in page
    assert Post.objects.get().body == "<p>Hers.</p>"


def test_an_edition_is_put_back_without_what_is_gone(staff_client, make_post, clock):
    author = Attorney.objects.create(name="Gone", slug="gone")
    post = make_post(author=author, topics=["Asylum"], slug="old-address")
    edition = publishing.publish(post, by=None)
    topic = Topic.objects.get()
    state = versions.approved(post)[-1]
    Post.objects.update(author=None, slug="a-title", body="<p>Other.</p>")
    make_post("Holds the address", slug="old-address")
    post.topics.clear()
    with connection.constraint_checks_disabled():
        edition.topics.clear()
    topic.delete()
    state.values["author_id"] = 999_999
    left_out = restoring.restore(Post.objects.get(pk=post.pk), state)
    post.refresh_from_db()
    assert (post.body, post.slug, post.author) == (edition.body, "a-title", None)
    assert left_out == [
        "Author is gone and was left out.",
        "Another article has the former address; the present one stays.",
        "A topic is gone and was left out.",
    ]


def test_what_was_dangerous_once_is_cleaned_when_it_is_read_or_put_back(make_post):
    post = make_post()
    state = versions.working_copy(post)
    state.values["body"] = "<p onclick='a()'>Words<script>b()</script></p>"
    assert state.body == "<p>Words</p>"
    restoring.restore(post, state)
    assert Post.objects.get().body == "<p>Words</p>"


@pytest.mark.slow
def test_a_deleted_draft_can_be_recovered(attorney_client, make_post, save):
    post = make_post()
    save(attorney_client, post, body="<p>Dear words.</p>")
    attorney_client.post(f"{LIST}{post.pk}/delete/", {"post": "yes", **seen(post)})
    assert not Post.objects.exists()
    assert f'href="{LIST}deleted/"' in attorney_client.get(LIST).content.decode()
    page = attorney_client.get(f"{LIST}deleted/").content.decode()
    (number,) = re.findall(r'name="version" value="(\d+)"', page)
    attorney_client.post(f"{LIST}deleted/", {"version": number})
    back = Post.objects.get()
    assert (back.pk, back.body) == (post.pk, "<p>Dear words.</p>")
    # What is not deleted any more is not brought back once more.
    again = attorney_client.post(f"{LIST}deleted/", {"version": number}, follow=True)
    assert "is there again already" in again.content.decode()
    attorney_client.post(f"{LIST}{post.pk}/delete/", {"post": "yes", **seen(post)})
    again = attorney_client.post(f"{LIST}deleted/", {"version": number}, follow=True)
    assert "deleted again. Here it is as it was last." in again.content.decode()
    assert not Post.objects.exists()


def all_of(post):
    """What there is of a draft besides its words, by table."""
    tables = (PassageNote, OldAddress, DraftFinding, AuthorityChoice)
    rows = {model: list(model.objects.filter(post=post).values()) for model in tables}
    kept = Post.objects.values("imported_from", "is_sample", "body").get(pk=post.pk)
    return {**rows, "post": kept, "term": Term.objects.get().article_id}


@pytest.mark.slow
def test_a_deleted_draft_comes_back_whole(
    attorney_client, attorney, staff, make_post, clock
):
    post = make_post(imported_from="guid 1")
    words = {"author_name": "Sam Example", "text": "Is that so?"}
    note = PassageNote.objects.create(post=post, author=staff, **words)
    PassageNote.objects.create(post=post, reply_to=note, resolved_by=attorney, **words)
    OldAddress.objects.create(address="/old", post=post, source="import")
    OldAddress.objects.create(address="/older", post=post)
    DraftFinding.objects.note(post, [("Looked wrong.", "Text")])
    post.authority_choices.create(key="form.I-130", is_struck=False)
    Term.objects.create(term="bond", explanation="Money.", article=post)
    before = all_of(post)
    said = page(attorney_client, f"{LIST}{post.pk}/delete/")
    assert "with its notes and old addresses" in said and "Preview links" in said
    attorney_client.post(f"{LIST}{post.pk}/delete/", {"post": "yes", **seen(post)})
    assert not PassageNote.objects.exists() and not OldAddress.objects.exists()
    clock.shift(3600)
    said = page(attorney_client, f"{LIST}deleted/")
    assert "deleted by anna" in said and "the words alone" not in said
    number = re.search(r'name="version" value="(\d+)"', said)[1]
    attorney_client.post(f"{LIST}deleted/", {"version": number})
    assert all_of(post) == before
    # Once more, while others took its place, and without who wrote the note.
    attorney_client.post(f"{LIST}{post.pk}/delete/", {"post": "yes", **seen(post)})
    staff.delete()
    OldAddress.objects.create(address="/old", gone=True)
    make_post("Another", imported_from="guid 1")
    said = page(attorney_client, f"{LIST}deleted/")
    sent = {"version": re.search(r'name="version" value="(\d+)"', said)[1]}
    answer = attorney_client.post(f"{LIST}deleted/", sent, follow=True)
    said = answer.content.decode()
    assert "The old address /old leads elsewhere by now" in said
    assert "It was imported again meanwhile" in said
    assert [row.address for row in OldAddress.objects.filter(post=post)] == ["/older"]
    assert PassageNote.objects.filter(post=post, author=None).count() == 2


@pytest.mark.slow
def test_of_what_was_deleted_long_ago_the_page_says_what_does_not_come_back(
    attorney_client, make_post, save
):
    post = make_post()
    save(attorney_client, post)
    Post.objects.get().delete()
    said = page(attorney_client, f"{LIST}deleted/")
    assert "last saved by anna" in said and "the words alone come back" in said


@pytest.mark.slow
def test_a_deleted_draft_comes_back_without_what_is_gone(
    attorney_client, make_post, save
):
    post = make_post()
    topic = Topic.objects.create(name="Gone", slug="gone")
    save(attorney_client, post, topics=[topic.pk])
    attorney_client.post(f"{LIST}{post.pk}/delete/", {"post": "yes", **seen(post)})
    topic.delete()
    (version,) = Version.objects.get_deleted(Post)
    sent = {"version": version.pk}
    page = attorney_client.post(f"{LIST}deleted/", sent, follow=True)
    assert "A topic is gone and was left out." in page.content.decode()
    assert not Post.objects.get().topics.exists()


@pytest.mark.slow
def test_a_deleted_draft_comes_back_beside_what_took_its_place(
    attorney_client, make_post, save
):
    original = make_post("Original", language="en")
    newer = make_post("Newer")
    series = Series.objects.create(name="Steps", slug="steps")
    places = {"series": series, "part": 1, "translation_of": original}
    post = make_post("Here", language="es", superseded_by=newer, **places)
    attorney_client.post(f"{LIST}{post.pk}/delete/", {"post": "yes", **seen(post)})
    make_post("Here", language="es", **places)
    (version,) = Version.objects.get_deleted(Post)
    sent = {"version": version.pk}
    page = attorney_client.post(f"{LIST}deleted/", sent, follow=True)
    said = html.unescape(page.content.decode())
    assert "Another article has its address by now; its own is “here-2”." in said
    assert "“Translation of” was left out: This article has a translation" in said
    assert "“Series” was left out: “Here” is part 1 of this series already." in said
    back = Post.objects.get(slug="here-2")
    assert (back.pk, back.superseded_by, back.part) == (post.pk, newer, None)


@pytest.mark.slow
def test_a_made_up_number_brings_nothing_back(attorney_client):
    for number in ("", "x", "0", "-1", "9" * 30, "²"):
        answer = attorney_client.post(f"{LIST}deleted/", {"version": number})
        assert answer.status_code == 404, number


@pytest.mark.slow
def test_an_earlier_save_is_put_back_in_one_way_alone(attorney_client, make_post, save):
    post = make_post()
    save(attorney_client, post, body="<p>Words.</p>")
    number = versions.saves(post)[0].key[1:]
    address = f"{LIST}{post.pk}/history/{number}/"
    for request in (attorney_client.get, attorney_client.post):
        # Django takes the rest of the address for a row's, and knows none.
        assert request(address, follow=True).redirect_chain[-1][0] == "/admin/"


# Two people at one article.


@pytest.mark.slow
def test_the_second_to_save_sees_both_texts_and_overwrites_nothing(
    client, staff, attorney, make_post, save, post_form, clock
):
    post = make_post()
    client.force_login(staff)
    save(client, post, body="<p>The text as it was.</p>")
    post.refresh_from_db()
    theirs = post_form(post, body="<p>The text of Sam.</p>")
    mine = post_form(post, body="<p>The text of Anna.</p>", title="Mine")
    clock.shift(60)
    client.post(f"{LIST}{post.pk}/change/", theirs)
    client.force_login(attorney)
    answer = client.post(f"{LIST}{post.pk}/change/", mine)
    page = answer.content.decode()
    assert "sam saved it on Nov 24, 2026" in page
    assert "<del> as it was" in page and "<ins> of Sam" in page
    assert "The text of Anna." in page
    assert Post.objects.get().body == "<p>The text of Sam.</p>"
    over = answer.context["conflict"]["version_token"]
    client.post(f"{LIST}{post.pk}/change/", {**mine, "over": over})
    assert Post.objects.get().body == "<p>The text of Anna.</p>"


@pytest.mark.slow
def test_a_third_change_is_not_overwritten_either(
    attorney_client, make_post, post_form, save, clock
):
    post = make_post()
    stale = post_form(post, body="<p>Stale.</p>")
    save(attorney_client, post, body="<p>Second.</p>")
    answer = attorney_client.post(f"{LIST}{post.pk}/change/", stale)
    over = answer.context["conflict"]["version_token"]
    save(attorney_client, post, body="<p>Third.</p>")
    attorney_client.post(f"{LIST}{post.pk}/change/", {**stale, "over": over})
    assert Post.objects.get().body == "<p>Third.</p>"


@pytest.mark.slow
def test_a_made_up_stamp_saves_nothing(attorney_client, make_post, post_form):
    form = post_form(body="<p>Forged.</p>")
    address = f"{LIST}{make_post().pk}/change/"
    for token in ("", "x", "2026-13-45", "2026-11-24T12:00:00"):
        page = attorney_client.post(address, {**form, "version_token": token})
        assert page.status_code == 200, token
        assert Post.objects.get().body == "<p>Text of A title.</p>", token
