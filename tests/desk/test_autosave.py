"""What is typed is kept for whoever typed it, until it is saved, and shown to nobody
else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from lawblog.desk import autosave_model
from lawblog.models import Autosaved, SiteVersion
from posts.models import Post

NEW = "/admin/posts/post/autosave/"
ADD = "/admin/posts/post/add/"
FORM = {"autosave": "abc1", "title": "Bond hearings", "body": "<p>A judge decides.</p>"}


def address(post):
    return f"/admin/posts/post/{post.pk}/autosave/"


def kept(client, url=NEW):
    return [row["name"] for row in client.get(url).json()["autosaves"]]


def test_what_is_typed_is_kept_and_nothing_is_saved(staff_client, staff, clock):
    moves = SiteVersion.objects.current()
    answer = staff_client.post(NEW, FORM)
    assert answer.json() == {"saved": "12:00 p.m."}
    row = Autosaved.objects.get()
    assert row.person == staff and row.data["body"] == FORM["body"]
    assert not Post.objects.exists()
    # Readers' pages are not made anew for it.
    assert SiteVersion.objects.current() == moves
    assert "no-store" in answer["Cache-Control"]


def test_the_newest_words_of_a_page_take_the_place_of_the_last(staff_client):
    for words in ("One.", "One. Two."):
        staff_client.post(NEW, {**FORM, "body": words})
    assert Autosaved.objects.get().data["body"] == "One. Two."


def test_it_is_offered_where_it_was_typed_the_newest_first(
    staff_client, make_post, clock
):
    post = make_post("Fees")
    for name, url in (("a", NEW), ("b", address(post)), ("c", NEW)):
        staff_client.post(url, {**FORM, "autosave": name})
        clock.shift(60)
    assert kept(staff_client) == ["c", "a"]
    assert kept(staff_client, address(post)) == ["b"]


def test_its_writer_sees_what_differs_and_gets_every_field_back(
    staff_client, make_post
):
    post = make_post("Fees", body="<p>A fee is due.</p>")
    form = {**FORM, "body": "<p>No fee<script>1</script> is due.</p>", "topics": [1, 2]}
    staff_client.post(address(post), form)
    told = staff_client.get(f"{NEW}abc1/").json()
    assert ["topics", "2"] in told["fields"] and ["body", form["body"]] in told[
        "fields"
    ]
    assert "csrfmiddlewaretoken" not in dict(told["fields"])
    assert "<ins>No</ins>" in told["shown"] and "<script" not in told["shown"]


def test_discarded_text_is_gone(staff_client):
    staff_client.post(NEW, FORM)
    (seen,) = staff_client.get(NEW).json()["autosaves"]
    answer = staff_client.post(f"{NEW}abc1/", {"typed_at": seen["typed_at"]})
    assert answer.json() == {"discarded": "abc1"}
    assert not Autosaved.objects.exists()
    assert staff_client.post(f"{NEW}abc1/").status_code == 404


def test_what_was_typed_after_a_copy_was_seen_is_not_discarded(staff_client, clock):
    staff_client.post(NEW, FORM)
    (seen,) = staff_client.get(NEW).json()["autosaves"]
    clock.shift(1)
    staff_client.post(NEW, {**FORM, "body": "<p>More.</p>"})
    for pressed in ({"typed_at": seen["typed_at"]}, {}):
        answer = staff_client.post(f"{NEW}abc1/", pressed)
        assert answer.status_code == 409
        assert "Nothing was discarded" in answer.content.decode()
    # What was read in full since then is what was seen.
    seen = staff_client.get(f"{NEW}abc1/").json()
    staff_client.post(f"{NEW}abc1/", {"typed_at": seen["typed_at"]})
    assert not Autosaved.objects.exists()


def test_nobody_sees_or_discards_what_another_typed(staff_client, attorney):
    staff_client.post(NEW, FORM)
    other = Client()
    other.force_login(attorney)
    assert kept(other) == []
    assert other.get(f"{NEW}abc1/").status_code == 404
    assert other.post(f"{NEW}abc1/").status_code == 404
    # A page of the same name, made up or by chance, is another.
    other.post(NEW, {**FORM, "title": "Mine"})
    assert Autosaved.objects.count() == 2
    assert staff_client.get(f"{NEW}abc1/").json()["fields"][0] == [
        "title",
        FORM["title"],
    ]


def test_whoever_may_not_write_keeps_nothing(client, db, make_post):
    post = make_post("Fees")
    assert client.post(NEW, FORM).status_code == 403
    reader = User.objects.create_user("rita", password="x", is_staff=True)
    client.force_login(reader)
    for url in (NEW, address(post)):
        assert client.post(url, FORM).status_code == 403
        assert client.get(url).status_code == 403
    assert client.get(f"{NEW}abc1/").status_code == 403
    assert not Autosaved.objects.exists()


def test_a_forged_form_keeps_nothing(staff):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    assert client.post(NEW, FORM).status_code == 403
    assert not Autosaved.objects.exists()


def test_of_an_article_that_is_gone_nothing_is_kept_or_shown(staff_client, make_post):
    post = make_post("Fees")
    staff_client.post(address(post), FORM)
    url = address(post)
    post.delete()
    assert staff_client.post(url, FORM).status_code == 404
    assert staff_client.get(f"{NEW}abc1/").status_code == 404


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"autosave": ""}, "it sent no name"),
        ({"autosave": "no; path=/"}, "it sent no name"),
        ({"body": "x" * 4_000_001}, "too long to be kept"),
    ],
)
def test_what_cannot_be_kept_is_answered_in_a_sentence(staff_client, fields, sentence):
    answer = staff_client.post(NEW, {**FORM, **fields})
    assert answer.status_code == 400 and sentence in answer.content.decode()
    assert not Autosaved.objects.exists()


def test_a_form_that_is_as_it_was_opened_is_not_kept(staff_client):
    staff_client.post(NEW, FORM)
    answer = staff_client.post(NEW, {**FORM, "want": "nothing kept"})
    assert answer.json() == {"saved": ""}
    assert not Autosaved.objects.exists()


def test_a_save_lets_it_go_and_a_refused_one_does_not(staff_client, post_form):
    staff_client.post(NEW, FORM)
    staff_client.post(NEW, {**FORM, "autosave": "other"})
    page = staff_client.post(ADD, post_form(title="", autosave="abc1")).content.decode()
    # The page that comes back goes on under the same name.
    assert 'data-name="abc1"' in page and Autosaved.objects.count() == 2
    staff_client.post(ADD, post_form(autosave="abc1"))
    assert Post.objects.exists()
    assert Autosaved.objects.get().name == "other"


def test_after_thirty_days_it_is_offered_no_more_and_taken_away(staff, clock):
    form = "posts.post new"
    Autosaved.objects.keep(staff, "a", form, "")
    clock.shift(timedelta(days=29))
    assert Autosaved.objects.of(staff, form).exists()
    assert not Autosaved.objects.prune()
    clock.shift(timedelta(days=1))
    assert not Autosaved.objects.of(staff, form).exists()
    assert Autosaved.objects.prune() == "Unsaved text taken away: 1."
    assert not Autosaved.objects.exists()


def test_one_person_fills_no_disk(staff, monkeypatch):
    monkeypatch.setattr(autosave_model, "MAX_COPIES", 2)
    for name in ("a", "b", "c"):
        Autosaved.objects.keep(staff, name, "posts.post new", "")
    assert set(Autosaved.objects.values_list("name", flat=True)) == {"b", "c"}


def test_what_a_person_typed_goes_with_the_account(staff):
    Autosaved.objects.keep(staff, "a", "posts.post new", "")
    staff.delete()
    assert not Autosaved.objects.exists()


SESSION = "/admin/posts/post/session/"


def test_the_session_address_tells_a_stranger_nothing(client, db):
    response = client.get(SESSION)
    assert response.json() == {"user": ""} and not response.cookies
    assert client.post(SESSION).status_code == 405


def test_the_session_address_names_who_is_signed_in(staff_client, staff):
    answer = staff_client.get(SESSION)
    assert answer.json()["user"] == str(staff.pk) and answer.json()["csrf"]
    assert answer.headers["Cache-Control"] == "no-store"
