"""What is to be looked at is open until it is ticked or its passage reads otherwise."""

import pytest
from django.contrib.auth.models import User

from posts.models import DraftFinding
from posts.publishing import findings, publish

pytestmark = pytest.mark.django_db
BODY = "<p>One <a href='/a/'>click here</a> end.</p><p>The last one ends in the</p>"


def note(post, *pairs):
    DraftFinding.objects.note(post, pairs)
    return DraftFinding.objects


@pytest.mark.parametrize(
    ("place", "change", "is_open"),
    (
        ("ends in the", {"title": "Another"}, True),
        ("ends in the", {"body": BODY.replace("in the", "in the law.")}, False),
        ("click here (https://x.example/)", {"body": BODY + "<p>More.</p>"}, True),
        ("click here (https://x.example/)", {"body": "<p>One.</p>"}, False),
        ("A summary", {"summary": "Of my own."}, False),
        ("A summary", {"body": "<p>Other.</p>"}, True),
        ("words that were left out", {"body": "<p>Other.</p>"}, True),
        ("", {"body": "<p>Other.</p>"}, True),
    ),
)
def test_a_finding_is_open_until_its_passage_changes(make_post, place, change, is_open):
    post = make_post(body=BODY, summary="A summary")
    rows = note(post, ("It looks wrong.", place))
    assert rows.open_in(post)
    for name, value in change.items():
        setattr(post, name, value)
    post.save()
    assert bool(rows.open_in(post)) == is_open


def test_the_same_is_noted_once_while_it_is_open(make_post):
    post = make_post()
    rows = note(post, ("One.", ""), ("One.", ""))
    note(post, ("One.", ""))
    assert rows.count() == 1
    rows.tick(None)
    note(post, ("One.", ""))
    assert len(rows.open_in(post)) == 1


def test_the_checks_tell_it_where_it_is(make_post):
    post = make_post(body=BODY)
    note(post, ("The last sentence seems unfinished.", "ends in the"))
    (found,) = [f for f in findings(post) if f.sentence.startswith("The last")]
    assert (found.severity, found.block, found.excerpt) == ("should", 2, "ends in the")


def test_what_stands_is_kept_with_the_edition_and_asked_no_more(make_post, attorney):
    post = make_post(body="<p>Words of it.</p>")
    note(post, ("A comment was left out.", "Ask Bea"))
    edition = publish(post, by=attorney, reason="Read it.")
    kept = [w["excerpt"] for w in edition.warnings if "comment" in w["sentence"]]
    assert kept == ["Ask Bea"]
    row = DraftFinding.objects.get()
    assert row.ticked_by == User.objects.get(pk=attorney.pk)
    assert not DraftFinding.objects.open_in(post)


def test_a_sentence_of_any_length_is_kept(make_post):
    note(make_post(), ("x" * 2000, "y" * 2000))
    row = DraftFinding.objects.get()
    assert len(row.sentence) == len(row.place) == 600
