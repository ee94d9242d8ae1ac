"""Topics and series are proposed by staff and let through by the attorney."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from helpers.form_opened import seen

from posts import publishing
from posts.desk import topics
from posts.models import Series, Topic
from posts.publishing.merging import merge

KINDS = {"topic": Topic, "series": Series}
SPANISH = {"name_es": "Asilo", "description_es": ""}
NAME = {"name": "Asylum", "slug": "asylum", "description": "Who may ask.", **SPANISH}


def list_of(kind):
    return f"/admin/posts/{kind}/"


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def shown(kind, publish):
    """A row under which readers find an article."""
    if kind == "topic":
        publish("One", topics=["Visas"])
    else:
        publish("One", series=Series.objects.create(name="Visas", slug="visas"), part=1)
    return KINDS[kind].objects.get()


def test_what_staff_propose_no_reader_sees(staff_client, kind):
    page = staff_client.post(
        f"{list_of(kind)}add/", NAME | {"is_public": "on"}, follow=True
    )
    assert "until the attorney lets them" in page.content.decode()
    row = KINDS[kind].objects.get()
    assert not row.is_public
    refuge = NAME | {"name": "Refuge"} | seen(row)
    staff_client.post(f"{list_of(kind)}{row.pk}/change/", refuge)
    assert KINDS[kind].objects.get().name == "Refuge"


def test_staff_change_no_name_that_readers_see(staff_client, kind, shown):
    assert shown.is_public
    for route, sent in (
        ("change", NAME | {"name": "The best lawyers, guaranteed"}),
        ("delete", {"post": "yes"}),
    ):
        answer = staff_client.post(f"{list_of(kind)}{shown.pk}/{route}/", sent)
        assert answer.status_code == 403
    assert KINDS[kind].objects.get().name == "Visas"


@pytest.mark.slow
def test_the_attorney_rewords_a_name_and_keeps_it_public(attorney_client, kind, shown):
    address = f"{list_of(kind)}{shown.pk}/change/"
    page = attorney_client.post(address, NAME | seen(shown)).content.decode()
    assert "Articles that readers know, or soon will, stand under this name." in page
    attorney_client.post(address, NAME | {"is_public": "on"} | seen(shown))
    row = KINDS[kind].objects.get()
    assert (row.name, row.is_public) == ("Asylum", True)


@pytest.mark.slow
def test_a_description_stands_at_the_top_of_its_page(
    client, attorney_client, kind, shown
):
    sent = NAME | {
        "is_public": "on",
        "description_es": "Quién lo pide.",
        "slug": "visas",
        **seen(shown),
    }
    attorney_client.post(f"{list_of(kind)}{shown.pk}/change/", sent)
    assert "Who may ask." in client.get(shown.get_absolute_url()).content.decode()


@pytest.mark.slow
def test_approving_an_article_shows_its_new_names_first(
    attorney_client, make_post, kind
):
    series = Series.objects.create(name="First steps", slug="first")
    post = make_post(topics=["Asylum"], series=series, part=1)
    page = attorney_client.get(f"/admin/posts/post/{post.pk}/publish/").content.decode()
    assert "Names that readers see for the first time" in page
    assert "First steps" in page
    publishing.publish(post, by=None)
    assert Topic.objects.get().is_public and Series.objects.get().is_public
    page = attorney_client.get(f"/admin/posts/post/{post.pk}/publish/").content.decode()
    assert "for the first time" not in page


def test_a_name_reworded_meanwhile_is_not_let_through(make_post):
    post = make_post(topics=["Asylum"])
    read = publishing.candidate_for(post).version_token
    Topic.objects.update(in_other_languages={"es": {"name": "Los mejores"}})
    with pytest.raises(publishing.ChangedMeanwhile):
        publishing.publish(post, by=None, version_token=read)


@pytest.mark.parametrize("kind", ["topic", "series"])
def test_an_attorney_adds_a_name_that_readers_do_not_see_yet(attorney_client, kind):
    address = f"/admin/posts/{kind}/add/"
    answer = attorney_client.post(address, {"name": "Parole", "slug": "parole"})
    assert answer.status_code == 302


def test_a_name_of_what_is_scheduled_stays_the_attorneys(attorney_client, make_post):
    post = make_post(topics=["Visas"])
    later = timezone.now() + timedelta(days=1)
    publishing.publish(post, by=None, at=later)
    topic = Topic.objects.get()
    address = f"{list_of('topic')}{topic.pk}/change/"
    page = attorney_client.post(address, NAME | seen(topic)).content.decode()
    assert "or soon will, stand under this name" in page
    assert Topic.objects.get().is_public


def test_staff_who_save_after_the_attorney_let_it_through_change_nothing(
    staff_client, monkeypatch
):
    topic = Topic.objects.create(name="Visas", slug="visas")
    saved = topics.TopicAdmin.save_model

    def overtaken(*args):
        Topic.objects.update(is_public=True)
        return saved(*args)

    monkeypatch.setattr(topics.TopicAdmin, "save_model", overtaken)
    address = f"{list_of('topic')}{topic.pk}/change/"
    answer = staff_client.post(address, NAME | seen(topic))
    assert answer.status_code == 403 and Topic.objects.get().name == "Visas"


def test_what_readers_know_is_merged_into_nothing_that_they_do_not(
    attorney_client, publish
):
    publish("One", topics=["Visas"])
    known = Topic.objects.get()
    into = Topic.objects.create(name="Proposed", slug="proposed")
    pressed = {"into": into.pk, **seen(known)}
    attorney_client.post(f"{list_of('topic')}{known.pk}/merge/", pressed)
    assert Topic.objects.filter(pk=known.pk).exists()
    with pytest.raises(ValidationError, match="Readers do not know"):
        merge(known, into=into)


def test_a_proposal_takes_no_address_from_what_readers_know(
    client, attorney, staff_client, publish
):
    publish("One", topics=["Visas"])
    topic = Topic.objects.get()
    topic.slug = "moved"
    topic.save()
    staff_client.post(f"{list_of('topic')}add/", NAME | {"slug": "visas"})
    assert Topic.objects.count() == 2
    client.logout()
    assert client.get("/posts/topics/visas/").url == "/posts/topics/moved/"
