"""Whatever the desk edits by a form: the second of two who save is told, keeps what
they typed, and overwrites nothing."""

from html import unescape

import pytest
from django.contrib import admin
from django.db.models import Model
from django.forms import modelform_factory
from django.test import Client
from django.urls import reverse
from helpers.desk import page
from helpers.law_changes import change
from helpers.walk.forms import FORGED, Form, forms_in, picture, to_send

from lawblog.desk.locking import DELETED, VersionTokenForm, version_token
from lawblog.media.pictures import store
from lawblog.models import Picture
from offices.models import Attorney, Closure, Firm, Office, Page
from posts.models import (
    LawChange,
    OldAddress,
    Post,
    Series,
    SynonymGroup,
    Term,
    Topic,
)

TOLD = "after you opened this page. Nothing of yours was saved."
# {what has a form in the admin: a text of it that two people change}
FIELDS: dict[type[Model], str] = {
    Attorney: "admissions",
    Closure: "reason",
    Firm: "tagline",
    LawChange: "sentence",
    Office: "parking",
    OldAddress: "target",
    Page: "title",
    Post: "title",
    Series: "description",
    SynonymGroup: "english",
    Term: "explanation",
    Topic: "description",
}


@pytest.fixture
def rows(set_up: None, make_post) -> None:
    make_post()
    Attorney.objects.create(name="An Attorney", slug="an-attorney", admissions="NJ")
    Closure.objects.create(first_day="2026-12-25", last_day="2026-12-25")
    LawChange.objects.create(
        key="usc.8.1357.g", day="2026-11-05", sentence="New.", source="https://x.gov/"
    )
    OldAddress.objects.create(address="/old", target="/about/")
    Series.objects.create(name="A series", slug="a-series")
    SynonymGroup.objects.create(name="Walking", english="walk")
    Term.objects.create(term="parole", explanation="A stay.")
    Topic.objects.create(name="Asylum", slug="asylum")


def form_of(client: Client, address: str, field: str) -> Form:
    page = client.get(address).content.decode()
    return next(form for form in forms_in(page) if field in form.fields)


def sent(form: Form, button: str = "_save", **values: str) -> dict:
    body = {name: [value] for name, value in values.items()}
    return to_send({**form.body((button, "")), **body})


@pytest.mark.slow
def test_no_form_of_the_desk_saves_over_what_its_writer_has_not_seen(
    owner_client: Client, rows: None
) -> None:
    assert FIELDS.keys() == admin.site._registry.keys()
    for model, field in FIELDS.items():
        row = model._base_manager.earliest("pk")
        address = reverse(
            f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk]
        )
        opened, theirs = form_of(owner_client, address, field), words(field, "theirs")
        saved = owner_client.post(address, sent(opened, **{field: theirs}))
        assert saved.status_code == 302, (model, saved.context["errors"])
        mine = sent(opened, **{field: words(field, "mine")})
        answer = unescape(owner_client.post(address, mine).content.decode())
        assert TOLD in answer and words(field, "mine") in answer, model
        assert theirs in getattr(model._base_manager.get(pk=row.pk), field), model


def words(field: str, whose: str) -> str:
    pages = {"theirs": "/offices/", "mine": "/glossary/"}
    return pages[whose] if field == "target" else f"{FORGED} {whose}"


def test_a_row_that_is_gone_is_not_made_again(set_up: None) -> None:
    topic = Topic.objects.create(name="Asylum", slug="asylum")
    form_class = modelform_factory(Topic, VersionTokenForm, fields=["name"])
    Topic.objects.filter(pk=topic.pk).delete()
    form = form_class({"name": "Asylum"}, instance=topic)
    assert form.non_field_errors() == [DELETED]


def test_what_was_typed_for_a_row_that_is_gone_comes_back(
    owner_client: Client, rows: None
) -> None:
    for model, field in ((Topic, "description"), (Post, "summary")):
        row = model._base_manager.earliest("pk")
        name = model._meta.label_lower.replace(".", "_")
        address = reverse(f"admin:{name}_change", args=[row.pk])
        mine = sent(form_of(owner_client, address, field), **{field: "Typed at length"})
        row.delete()
        answer = owner_client.post(address, mine)
        assert answer.status_code == 404, model
        assert "Somebody deleted it after" in answer.content.decode(), model
        assert ">Typed at length</textarea>" in answer.content.decode(), model
        # Opened, it is told as ever.
        assert owner_client.get(address).status_code in (302, 404)


def test_a_save_between_the_look_at_a_row_and_its_lock_is_not_undone(
    set_up: None,
) -> None:
    """Two press “Save” at one moment, and the second has changed nothing: its form
    waits for the lock with the row as it was."""
    topic = Topic.objects.create(name="Asylum", slug="asylum")
    form_class = modelform_factory(Topic, VersionTokenForm, fields=["name"])
    opened = version_token(topic)
    form = form_class({"name": "Asylum", "version_token": opened}, instance=topic)
    Topic.objects.filter(pk=topic.pk).update(name="Theirs")
    assert TOLD in str(form.non_field_errors())


def test_who_opens_the_form_again_saves(owner_client: Client, rows: None) -> None:
    address = reverse("admin:posts_topic_change", args=[Topic.objects.get().pk])
    for said in ("One.", "Two."):
        opened = form_of(owner_client, address, "description")
        answer = owner_client.post(address, sent(opened, description=said))
        assert answer.status_code == 302 and Topic.objects.get().description == said


def test_save_pressed_twice_saves_once_and_is_no_conflict(
    owner_client: Client, rows: None
) -> None:
    address = reverse("admin:posts_topic_change", args=[Topic.objects.get().pk])
    pressed = sent(form_of(owner_client, address, "description"), description="Mine.")
    found = [owner_client.post(address, pressed).status_code for _ in range(2)]
    assert found == [302, 302] and Topic.objects.get().description == "Mine."
    address = reverse("admin:offices_firm_change", args=[Firm.objects.get().pk])
    opened = form_of(owner_client, address, "tagline")
    link = {"links-0-label": "Court", "links-0-url": "https://court.example/"}
    found = [owner_client.post(address, sent(opened, **link)) for _ in range(2)]
    assert [answer.status_code for answer in found] == [302, 200]
    assert Firm.objects.get().links.count() == 1


def test_a_new_row_that_is_sent_twice_is_there_once(
    owner_client: Client, set_up: None
) -> None:
    christmas = {"first_day": "2026-12-25", "last_day": "2026-12-25"}
    for model, field, values, sentence in (
        (Closure, "reason", christmas, "These days are in the list already."),
        (Topic, "name", {"name": "New", "slug": "new"}, "This address is taken."),
        (SynonymGroup, "name", {"name": "New", "english": "new"}, "has its words"),
    ):
        before = model._base_manager.count()
        name = model._meta.label_lower.replace(".", "_")
        address = reverse(f"admin:{name}_add")
        pressed = sent(form_of(owner_client, address, field), **values)
        first, second = (owner_client.post(address, pressed) for _ in range(2))
        assert (first.status_code, second.status_code) == (302, 200), model
        assert sentence in second.content.decode(), model
        assert model._base_manager.count() == before + 1


def test_a_closure_in_an_offices_form_is_not_saved_over(
    owner_client: Client, fort_lee: Office
) -> None:
    days = {"first_day": "2026-12-25", "last_day": "2026-12-25"}
    closure = fort_lee.own_closures.create(reason="Snow", **days)
    office, other = (
        reverse(f"admin:offices_{row._meta.model_name}_change", args=[row.pk])
        for row in (fort_lee, closure)
    )
    opened = form_of(owner_client, office, "own_closures-0-reason")
    theirs = sent(form_of(owner_client, other, "reason"), reason="Ice")
    assert owner_client.post(other, theirs).status_code == 302
    answer = owner_client.post(office, sent(opened)).content.decode()
    closure.refresh_from_db()
    assert TOLD in unescape(answer) and closure.reason == "Ice"


def test_a_pictures_description_is_not_saved_over(
    owner_client: Client, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    store(picture())
    address = reverse("admin:posts_post_picture", args=[Picture.objects.get().pk])
    opened = form_of(owner_client, address, "name")
    for alt, status in (("Theirs", 302), ("Mine", 200)):
        answer = owner_client.post(address, sent(opened, "describe", alt=alt))
        assert answer.status_code == status
    page = unescape(answer.content.decode())
    assert TOLD in page and 'value="Mine"' in page
    assert Picture.objects.get().alt == "Theirs"


@pytest.mark.slow
def test_ticks_of_a_change_of_the_law_are_not_saved_over(
    law_pages, attorney_client: Client, clock
) -> None:
    row = change()
    clock.shift(60)
    address = reverse("admin:posts_lawchange_pages", args=[row.pk])
    (opened,) = [
        form for form in forms_in(page(attorney_client, address)) if form.buttons
    ][-1:]
    first, second, *_ = opened.fields["page"]
    for left_out, button in (
        (first, "narrow"),
        (second, "narrow"),
        (second, "approve"),
    ):
        ticked = [number for number in opened.fields["page"] if number != left_out]
        body = {**opened.body((button, "")), "page": ticked}
        answer = attorney_client.post(address, body)
    assert TOLD in unescape(answer.content.decode())
    row.refresh_from_db()
    assert row.spared == [int(first)] and not row.notices.exists()
