"""Notes that staff and attorney leave each other on a passage of an article."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from helpers.desk import page

from lawblog.notices.desk_notices import SIGN_IN
from lawblog.notices.models import Notice
from lawblog.notices.sending import send_due
from posts import publishing
from posts.models import PassageNote, Post
from posts.models.passage_note import MAX_NOTE_LENGTH

pytestmark = pytest.mark.usefixtures("clock")
BODY = "<p>A judge <strong>decides</strong> soon.</p><p>You may ask for a bond.</p>"


@pytest.fixture
def post(make_post):
    return make_post("Bond hearings", body=BODY)


@pytest.fixture
def people(staff, attorney):
    """(staff, attorney), each with a browser of their own."""
    found = (Client(), Client())
    for client, person in zip(found, (staff, attorney), strict=True):
        client.force_login(person)
    return found


def at(post, name="notes"):
    return f"/admin/posts/post/{post.pk}/{name}/"


def write(client, post, text="Is that so?", quote="", **form):
    return client.post(at(post), {"quote": quote, "text": text, "add": "", **form})


def words(client, post, name="notes"):
    """What the section of notes says, without markup."""
    section = re.search(
        '<section id="notes".+?</section>', page(client, at(post, name)), re.DOTALL
    )
    return " ".join(re.sub("<[^>]+>", " ", section[0]).split())


@pytest.mark.slow
def test_a_note_is_answered_and_resolved_by_both_on_either_page(people, post):
    sam, anna = people
    quote = "judge decides\n soon. You may"
    answer = write(sam, post, quote=quote, back="change")
    assert answer.url == at(post, "change")
    note = PassageNote.objects.get()
    assert (note.quote, note.author_name) == (
        "judge decides soon. You may",
        "Sam Example",
    )
    form = {"reply": note.pk, f"reply-{note.pk}": "It is.", "back": "publish"}
    assert anna.post(at(post), form).url == at(post, "publish")
    for client, name in ((sam, "change"), (anna, "publish"), (sam, "notes")):
        told = words(client, post, name)
        assert "judge decides soon. You may" in told and "gone" not in told
        assert "Sam Example" in told and "Is that so?" in told and "It is." in told
    seen = {f"seen-{note.pk}": note.answers.get().pk}
    anna.post(at(post), {"resolve": note.pk, **seen})
    assert "Resolved by Anna Example" in words(sam, post)
    assert PassageNote.objects.filter(reply_to=None, resolved_at=None).count() == 0
    sam.post(at(post), {"reopen": note.pk})
    assert PassageNote.objects.filter(reply_to=None, resolved_at=None).count() == 1


@pytest.mark.slow
def test_notes_of_two_people_stay_when_their_passage_goes(people, post):
    sam, anna = people
    write(sam, post, "Mine.", "You may ask")
    write(anna, post, "Hers.", "ask for a bond")
    write(anna, post, "Another.", "judge decides")
    Post.objects.update(body="<p>A judge <em>decides</em> soon.</p>")
    notes = PassageNote.objects.of(Post.objects.get())
    assert [(n.text, n.is_gone, n.block) for n in notes] == [
        ("Another.", False, 1),
        ("Mine.", True, 0),
        ("Hers.", True, 0),
    ]
    told = words(sam, post, "change")
    assert told.count("The passage is gone.") == 2
    assert "You may ask" in told and "ask for a bond" in told


@pytest.mark.slow
def test_a_note_stands_at_its_passage_before_a_first_approval(people, post):
    sam, anna = people
    write(sam, post, "Which bond?", "ask for a bond")
    write(sam, post, "All of it is old.")
    shown = anna.get(at(post, "publish")).context
    assert [[n.text for n in p.notes] for p in shown["passages"]] == [
        [],
        ["Which bond?"],
    ]
    assert "All of it is old." in words(anna, post, "publish")


@pytest.mark.slow
def test_no_reader_ever_sees_a_note(people, post, client, attorney, tmp_path, mail_on):
    sam, _ = people
    write(sam, post, "walnut", "walnut")
    edition = publishing.publish(post, by=attorney, reason="Read.")
    write(sam, post, "walnut", "walnut")
    texts = [page(client, edition.get_absolute_url()), page(client, "/feed/json/")]
    texts.append(page(sam, at(post, "preview")))
    call_command("export", str(tmp_path / "out"), verbosity=0)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    texts += [path.read_bytes().decode("utf-8", "replace") for path in kept]
    assert not [text for text in texts if "walnut" in text]
    assert "walnut" not in Post.objects.get().body


def test_a_mail_leads_to_a_note_and_says_no_word_of_it(
    people, post, staff, attorney, mail_on
):
    sam, anna = people
    for person in (staff, attorney):
        person.email = f"{person.username}@example.com"
        person.save()
    Post.objects.update(updated_by=staff)
    write(sam, post, "walnut")
    write(anna, post, "walnut")
    write(anna, post, "walnut again")
    Notice.objects.filter(kind=SIGN_IN).delete()
    send_due()
    (message,) = mail.outbox
    text = message.message().as_string()
    assert message.to == ["sam@example.com"] and at(post) in text
    assert "walnut" not in text and "Bond" not in text


@pytest.mark.parametrize(
    "form, said",
    [
        ({"text": " \n"}, "Write the note first."),
        ({"text": "x" * (MAX_NOTE_LENGTH + 1)}, "Shorten it, or make two of it."),
        ({"reply": "999999"}, "That note is no longer there."),
        ({"resolve": "walked"}, "That note is no longer there."),
        ({"reply": "", "reply-": "x"}, "That note is no longer there."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(people, post, form, said):
    answer = people[0].post(at(post), {"quote": "A judge", **form})
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert said in shown and ">A judge</textarea>" in shown
    assert not PassageNote.objects.exists()


def test_what_stands_in_the_box_when_a_note_is_resolved_is_its_answer(people, post):
    write(people[0], post)
    note = PassageNote.objects.get()
    form = {"resolve": note.pk, f"reply-{note.pk}": "It is."}
    people[1].post(at(post), form)
    note.refresh_from_db()
    assert note.resolved_at and note.answers.get().text == "It is."


def test_an_answer_that_cannot_be_kept_resolves_nothing(people, post):
    write(people[0], post)
    note = PassageNote.objects.get()
    long = "x" * (MAX_NOTE_LENGTH + 1)
    form = {"resolve": note.pk, f"reply-{note.pk}": long}
    shown = people[1].post(at(post), form).content.decode()
    note.refresh_from_db()
    assert long in shown and not note.resolved_at and not note.answers.exists()


def test_a_note_of_another_article_is_not_reached(people, post, make_post):
    write(people[0], make_post("Another"))
    note = PassageNote.objects.get()
    for form in ({"resolve": note.pk}, {"reply": note.pk, f"reply-{note.pk}": "x"}):
        assert "no longer there" in people[1].post(at(post), form).content.decode()
    assert PassageNote.objects.get().resolved_at is None


def test_strangers_and_the_rightless_read_and_write_no_notes(post, client, staff):
    assert client.get(at(post)).url.startswith("/admin/login/")
    staff.groups.clear()
    client.force_login(staff)
    assert client.get(at(post)).status_code == 403
    assert write(client, post).status_code == 403
    assert not PassageNote.objects.exists()
