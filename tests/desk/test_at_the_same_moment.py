"""Two people at once, each on a connection of their own: nothing is half-done, nothing
that was typed is lost, and whoever came second is told so."""

import threading

import pytest
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from helpers.desk import LIST
from helpers.form_opened import seen
from helpers.signing_in import signed_in
from helpers.walk.forms import forms_in, to_send

from lawblog.people import actions, roles
from lawblog.records.verify import verify
from lawblog.unavailable.trouble import Trouble
from posts import publishing
from posts.desk.topics import IN_USE
from posts.desk.writing import buttons
from posts.import_runs import topics_and_terms
from posts.importing.names_file import ExportedGroup, ExportedNames
from posts.models import Edition, OldAddress, Post, Series, Topic
from posts.publishing import merging, publication

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="on SQLite one writes at a time"
    ),
]
DELETE = "/admin/posts/topic/{}/delete/"
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def is_waiting():
    """Whether somebody waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


@pytest.fixture
def amid(at_once, monkeypatch):
    """amid(module, name, first, second) → what came of both: `second` begins when
    `first` calls that function, which goes on once `second` is through or waits."""

    def run(module, name, first, second):
        reached, through = threading.Event(), threading.Event()
        real = getattr(module, name)

        def paused(*args, **named):
            if not reached.is_set():
                reached.set()
                for _ in range(6000):
                    if through.wait(0.01) or is_waiting():
                        break
            return real(*args, **named)

        monkeypatch.setattr(module, name, paused)
        found = {}

        def begin(key, work):
            try:
                found[key] = work()
            except ValidationError as error:
                found[key] = error

        def later():
            reached.wait(60)
            begin("second", second)
            through.set()

        assert at_once(lambda: begin("first", first), later) == [None, None]
        monkeypatch.setattr(module, name, real)
        return found["first"], found["second"]

    return run


@pytest.fixture
def two_topics(make_post):
    post = make_post(topics=["Old"])
    new = Topic.objects.create(name="New", slug="new", is_public=True)
    Topic.objects.update(is_public=True)
    return post, Topic.objects.get(name="Old"), new


def filed_under():
    return [topic.name for topic in Edition.objects.get().topics.all()]


def test_a_topic_that_is_merged_away_amid_a_publication_takes_the_article_along(
    amid, attorney, two_topics
):
    post, old, new = two_topics
    publish = lambda: publishing.publish(post, by=attorney)  # noqa: E731
    edition, moved = amid(
        publication, "_sign", publish, lambda: merging.merge(old, into=new)
    )
    assert isinstance(edition, Edition) and moved == 1
    assert filed_under() == ["New"] and list(verify()) == []


def test_what_is_published_amid_a_merge_has_the_topic_that_stays_or_is_refused(
    amid, attorney, two_topics, make_post
):
    post, old, new = two_topics
    seen = publishing.candidate_for(post).version_token
    publish = lambda: publishing.publish(  # noqa: E731
        post, by=attorney, version_token=seen
    )
    moved, told = amid(
        merging.counts, "recount", lambda: merging.merge(old, into=new), publish
    )
    assert moved == 1 and isinstance(told, publishing.ChangedMeanwhile)
    assert not Edition.objects.exists()
    third = Topic.objects.create(name="Third", slug="third", is_public=True)
    moved, edition = amid(
        merging.counts,
        "recount",
        lambda: merging.merge(new, into=third),
        lambda: publishing.publish(post, by=attorney),
    )
    assert isinstance(edition, Edition) and filed_under() == ["Third"]


def test_what_a_file_says_of_a_topic_is_read_before_it_is_approved(
    amid, attorney, make_post
):
    post = make_post(topics=["New"])
    Topic.objects.update(is_public=False)
    read = publishing.candidate_for(post).version_token
    said = ExportedGroup("New", "new", description="Described by nobody.")
    _, told = amid(
        topics_and_terms,
        "_fitting",
        lambda: topics_and_terms.import_names(ExportedNames((said,))),
        lambda: publishing.publish(post, by=attorney, version_token=read),
    )
    assert isinstance(told, publishing.ChangedMeanwhile)
    assert not Edition.objects.exists() and not Topic.objects.get().is_public


def test_of_two_merges_at_once_the_second_is_told(amid, attorney, two_topics):
    _, old, new = two_topics
    third = Topic.objects.create(name="Third", slug="third", is_public=True)
    moved, told = amid(
        merging.counts,
        "recount",
        lambda: merging.merge(old, into=new),
        lambda: merging.merge(old, into=third),
    )
    assert moved == 1 and "“Old” was merged or deleted meanwhile." in told.messages


def test_a_topic_is_not_deleted_amid_the_publication_that_uses_it(
    amid, attorney, two_topics
):
    post, old, _ = two_topics
    desk = Client()
    desk.force_login(attorney)
    edition, answer = amid(
        publication,
        "_sign",
        lambda: publishing.publish(post, by=attorney),
        lambda: desk.post(DELETE.format(old.pk), {"post": "yes", **seen(old)}),
    )
    assert isinstance(edition, Edition) and filed_under() == ["Old"]
    assert answer.status_code == 403


def test_what_was_typed_comes_back_when_its_topic_goes_at_that_moment(
    amid, attorney, two_topics, post_form
):
    post, old, _ = two_topics
    one, other = Client(), Client()
    for desk in (one, other):
        desk.force_login(attorney)
    form = post_form(post, topics=[old.pk], summary="Typed at length.")
    answer, gone = amid(
        buttons,
        "remarks",
        lambda: one.post(f"{LIST}{post.pk}/change/", form),
        lambda: other.post(DELETE.format(old.pk), {"post": "yes", **seen(old)}),
    )
    assert gone.status_code == 302 and not Topic.objects.filter(pk=old.pk).exists()
    said = answer.content.decode()
    assert answer.status_code == 503 and Trouble.OVERTAKEN.value in said
    assert "Typed at length." in said and "Send it again" in said
    assert Post.objects.get().summary != "Typed at length."


def test_of_two_versions_approved_at_once_one_wins_and_the_other_hears_why(
    amid, attorney, make_post
):
    original = make_post("Hello")
    translation = make_post("Hola", language="es", translation_of=original)
    Post.objects.filter(pk=original.pk).update(language="es")
    edition, told = amid(
        publication,
        "_sign",
        lambda: publishing.publish(translation, by=attorney),
        lambda: publishing.publish(original, by=attorney),
    )
    assert isinstance(edition, Edition)
    assert "“Hola” is on the site, or will be, as the Spanish version" in str(told)
    assert Edition.objects.count() == 1


def opened(person, address, **values):
    """What "Save" does with this form, as this person has it open and filled it in."""
    desk = Client()
    desk.force_login(person)
    page = desk.get(address).content.decode()
    forms = [form for form in forms_in(page) if values.keys() <= form.fields.keys()]
    body = {**forms[0].body(("_save", "")), **{name: [v] for name, v in values.items()}}
    return lambda: desk.post(address, to_send(body))


CHRISTMAS = {"first_day": "2026-12-25", "last_day": "2026-12-25"}


def pairs(rows):
    """(address, form) twice, and what the second is told; either is right alone."""
    term = {"forms": "paroled", "language": "en", "explanation": "Let in for a time."}
    words = ("parole", "release")
    terms = [("posts/term/add/", {"term": word, **term}) for word in words]
    old = [f"posts/oldaddress/{rows[name].pk}/change/" for name in ("/a", "/b")]
    one, other = (f"posts/post/{rows[title].pk}/change/" for title in ("One", "Other"))
    part = {"series": rows["series"].pk, "part": "1"}
    return (
        *[("offices/closure/add/", CHRISTMAS)] * 2,
        "These days are in the list already.",
        *terms,
        "is explained already, under “parole”",
        (old[0], {"target": "/b"}),
        (old[1], {"target": "/a"}),
        "It leads in a circle",
        (one, part),
        (other, part),
        "“One” is part 1 of this series already.",
    )


def test_what_may_be_there_once_is_saved_once_by_two_who_press_at_one_moment(
    amid, attorney, make_post
):
    rows = {title: make_post(title) for title in ("One", "Other")}
    for name in ("/a", "/b"):
        rows[name] = OldAddress.objects.create(address=name, target="/about/")
    rows["series"] = Series.objects.create(name="A series", slug="a-series")
    every = iter(pairs(rows))
    for first, second, sentence in zip(every, every, every, strict=True):
        saves = [
            opened(attorney, f"/admin/{url}", **form) for url, form in (first, second)
        ]
        saved, told = amid(ModelAdmin, "construct_change_message", *saves)
        assert saved.status_code == 302, (first, saved.context["errors"])
        assert sentence in told.content.decode(), second


def test_a_name_is_not_taken_from_readers_amid_the_publication_under_it(
    amid, attorney, two_topics
):
    post, old, _ = two_topics
    hide = opened(attorney, f"/admin/posts/topic/{old.pk}/change/", is_public="")
    edition, told = amid(
        publication, "_sign", lambda: publishing.publish(post, by=attorney), hide
    )
    assert isinstance(edition, Edition) and IN_USE in told.content.decode()
    old.refresh_from_db()
    assert old.is_public


def test_of_two_people_invited_at_once_under_one_name_the_second_is_refused(
    amid, attorney
):
    def invite(email):
        desk = signed_in(attorney, Client())
        form = {"name": "Bea Example", "email": email, "role": roles.STAFF}
        return lambda: desk.post("/admin/people/invite/", form).content.decode()

    presses = map(invite, ("bea@firm.example", "b@firm.example"))
    _, told = amid(actions, "new_link", *presses)
    assert "There is Bea Example already" in told
    assert User.objects.filter(first_name="Bea").count() == 1
