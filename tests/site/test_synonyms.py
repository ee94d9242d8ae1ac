"""Lay words reach lawyers' words by the list that the attorney edits, and readers are
told."""

import io
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from helpers.form_opened import seen
from helpers.searching import titles

from lawblog.models import Entry
from posts.models import SynonymGroup
from posts.search import approved_synonyms, query, search
from posts.search.synonyms import MAX_SYNONYMS, Synonyms, default_groups

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def removal(set_up):
    SynonymGroup.objects.all().delete()
    words = {"english": "deportation, removal", "spanish": "deportación, expulsión"}
    words |= {"is_lay": True, "is_public": True}
    return SynonymGroup.objects.create(name="removal", **words)


def said(client, address):
    page = client.get(address).content.decode()
    found = re.search(r'<p class="also">(.*?)</p>', page, re.S)
    return " ".join(re.sub("<[^>]+>", "", found[1]).split()) if found else ""


@pytest.mark.slow
def test_readers_find_it_and_are_told(removal, publish, client):
    publish("Z", slug="z", summary="Z", body="<p>removal hearing</p>")
    publish("Y", slug="y", summary="Z", body="<p>expulsión</p>", language="es")
    assert titles("deportation hearing") == ["Z"]
    assert set(titles("deportación")) == {"Y", "Z"}
    assert titles('"deportation"') == []
    assert titles("removal") == ["Z"]
    words = said(client, "/search/?q=deportation+hearing")
    assert words.startswith("We also searched for: removal.")
    assert said(client, "/es/search/?q=deportation").startswith(
        "También buscamos: expulsión."
    )
    assert said(client, "/search/?q=removal") == ""
    page = client.get("/search/?q=deportation+hearing").content.decode()
    assert "?q=%22deportation%22+hearing" in page


@pytest.mark.slow
def test_what_the_attorney_changes_counts_at_once(removal, publish, attorney_client):
    publish("Z", slug="z", summary="Z", body="<p>ouster</p>")
    assert titles("deportation") == []
    form = {
        "name": "removal",
        "english": "deportation,\nouster , ",
        "spanish": "",
        "is_lay": "on",
        "is_public": "on",
        **seen(removal),
    }
    address = f"/admin/posts/synonymgroup/{removal.pk}/change/"
    assert attorney_client.post(address, form).status_code == 302
    assert titles("deportation") == ["Z"]
    kinds = Entry.objects.filter(subject="posts.synonymgroup")
    assert kinds.order_by("-seq").first().kind


@pytest.mark.slow
def test_what_staff_propose_does_not_count(publish, staff_client, removal):
    publish("Z", slug="z", summary="Z", body="<p>ouster</p>")
    form = {"name": "ouster", "english": "eviction, ouster", "is_public": "on"}
    staff_client.post("/admin/posts/synonymgroup/add/", form)
    assert not SynonymGroup.objects.get(name="ouster").is_public
    assert titles("eviction") == []
    address = f"/admin/posts/synonymgroup/{removal.pk}/change/"
    assert staff_client.post(address, form).status_code == 403


@pytest.mark.parametrize(
    "words, sentence",
    [
        ({}, "Write at least one word"),
        ({"english": ", ,"}, "Write at least one word"),
        ({"english": "§, ok"}, "has no letter"),
        ({"english": "removal, the"}, "“the” is in nearly every question"),
        ({"spanish": "de la, expulsión"}, "“de la” is in nearly every question"),
        ({"spanish": ",".join(f"w{n}" for n in range(99))}, "Keep the 40"),
    ],
)
def test_words_that_cannot_count_are_refused(attorney_client, words, sentence):
    form = {"name": "something", **words}
    answer = attorney_client.post("/admin/posts/synonymgroup/add/", form)
    assert sentence in answer.content.decode()


def test_a_word_that_says_nothing_leads_nowhere(removal, publish, client):
    SynonymGroup.objects.filter(pk=removal.pk).update(english="the, removal")
    publish("Z", slug="z", summary="Z", body="<p>hearing</p>")
    assert titles("the hearing") == ["Z"]
    assert said(client, "/search/?q=the+hearing") == ""


def test_words_lead_one_step_and_are_bounded(removal, publish, client):
    """A group that begins where another ends makes no chain and no loop."""
    many = ", ".join(f"ouster{n}" for n in range(40))
    for name, english in (("ouster", f"removal, {many}"), ("loop", "ouster1, removal")):
        SynonymGroup.objects.create(name=name, english=english, is_public=True)
    publish("Z", slug="z", summary="Z", body="<p>ouster1</p>")
    assert titles("deportation") == []
    assert titles("removal") == ["Z"]
    asked = query.parse("removal ouster1", synonyms=approved_synonyms.synonyms())
    assert [len(one.others) for one in asked.widened] == [8, 8]
    assert said(client, "/search/?q=removal").count(",") <= 8


def test_readers_are_told_in_words_that_the_list_has(removal, publish, client):
    SynonymGroup.objects.filter(pk=removal.pk).update(
        english="deportation, <b>removal</b>", spanish=""
    )
    publish("Z", slug="z", summary="Z", body="<p>b removal b</p>", language="es")
    page = client.get("/es/search/?q=deportation").content.decode()
    assert "También buscamos: &lt;b&gt;removal&lt;/b&gt;." in page


@pytest.mark.slow
def test_setup_brings_the_shipped_list_once(set_up, publish):
    publish("Z", slug="z", summary="Z", body="<p>Form I-551</p>")
    assert titles("green card") == ["Z"]
    SynonymGroup.objects.exclude(name="waiver").delete()
    call_command("setup", stdout=io.StringIO())
    assert SynonymGroup.objects.count() == 1
    assert titles("green card") == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_list_is_made_ready_once_for_each_version(monkeypatch, client):
    made = []
    real = approved_synonyms.Synonyms
    monkeypatch.setattr(
        approved_synonyms, "Synonyms", lambda rows: made.append(1) or real(rows)
    )
    for _ in range(3):
        client.get("/search/?q=deportation")
    assert len(made) == 1
    SynonymGroup.objects.create(name="removal", english="deportation")
    client.get("/search/?q=deportation")
    assert len(made) == 2


@pytest.mark.slow
def test_a_suggestion_that_has_hits_shows_them(publish, client):
    publish("Asylum")
    found = search("asilum")
    assert [e.title for e in found.editions] == ["Asylum"]
    assert (found.text, found.instead_of) == ("asylum", "asilum")
    page = client.get("/search/?q=asilum").content.decode()
    assert "No article has “asilum”. Here is what we found for “asylum”." in page
    # Nothing under this year: then it is offered, without the filter.
    page = client.get("/search/?q=asilum&year=1999").content.decode()
    assert "Did you mean" in page


@pytest.mark.slow
def test_a_search_without_hits_asks_a_bounded_number_of_questions(publish, removal):
    publish("Asylum")
    counts = []
    for text in ("asilum", " ".join(["asilum deportatoin"] * 20)):
        with CaptureQueriesContext(connection) as found:
            search(text)
        counts.append(len(found))
    # Of each look into the index some are PostgreSQL's settings.
    assert max(counts) < 150


def test_whoever_names_a_form_gets_no_other_form(set_up, publish):
    publish("A", slug="a", summary="Z", body="<p>Form I-601A</p>")
    publish("B", slug="b", summary="Z", body="<p>Form I-601, a waiver</p>")
    asked = ["I-601A", "i601a", "601A", "I‑601A", "form 601a"]
    assert {one: titles(one) for one in asked} == dict.fromkeys(asked, ["A"])
    assert set(titles("pardon")) == {"A", "B"}


def test_words_of_another_language_are_looked_for_however_many_there_are() -> None:
    groups = Synonyms(default_groups())
    for typed, language, wanted in (
        ("deportación", "es", "removal"),
        ("deportation", "en", "deportación"),
        ("greencard", "en", "residencia permanente"),
    ):
        (one,) = groups.widened(typed, language)
        assert wanted in one.others and len(one.others) <= MAX_SYNONYMS, typed
        assert len({word.casefold() for word in one.others}) == len(one.others)
