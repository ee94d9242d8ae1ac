"""Legal words explained: for readers, and at the desk."""

import re

import pytest
from django.core.exceptions import ValidationError
from helpers.form_opened import seen

from posts import publishing
from posts.models import Post, Term

LIST = "/admin/posts/term/"


@pytest.fixture
def make_term(db):
    def make(term="Parole", **fields):
        fields = {"explanation": f"What {term} is.", "is_public": True, **fields}
        return Term.objects.create(term=term, **fields)

    return make


def form(**fields):
    return {
        "term": "Parole",
        "forms": "",
        "language": "en",
        "explanation": "A stay.",
        "article": "",
        **fields,
    }


def page(client, address="/posts/a-title/"):
    return client.get(address).content.decode()


def test_a_word_leads_to_its_explanation_and_back(client, publish, make_term):
    make_term(forms="paroles, paroled")
    publish(body="<p>He was paroled. Parole ended.</p>")
    shown = page(client)
    assert (
        'was <a class="term" id="termref:1" href="#term:1" role="doc-glossref">paroled'
        "</a>. Parole ended."
    ) in shown
    assert '<div id="term:1"><dt>Parole</dt>' in shown and "What Parole is." in shown
    assert 'href="#termref:1" role="doc-backlink"' in shown


@pytest.mark.slow
def test_an_explanation_is_text_and_never_markup(client, publish, make_term):
    make_term(term="parole", explanation="<script>a()</script>")
    publish(body="<p>On parole.</p>")
    for address in ("/posts/a-title/", "/glossary/"):
        assert "&lt;script&gt;a()" in page(client, address)
        assert "<script>a()" not in page(client, address)


@pytest.mark.slow
def test_words_are_explained_in_the_articles_language(client, publish, make_term):
    make_term("asilo", language="es")
    publish("Hola", language="es", body="<p>El asilo.</p>")
    publish("Hello", body="<p>El asilo.</p>")
    assert "doc-glossref" in page(client, "/es/posts/hola/")
    assert "doc-glossref" not in page(client, "/posts/hello/")


@pytest.mark.slow
def test_a_change_of_a_word_is_seen_at_once(client, publish, make_term):
    term = make_term()
    publish(body="<p>On parole.</p>")
    assert "What Parole is." in page(client)
    Term.objects.update(explanation="Something else.")
    assert "Something else." in page(client)
    term.delete()
    assert "doc-glossref" not in page(client)


def test_the_glossary_lists_the_public_words_of_its_language(client, make_term):
    for term in ("Zoo", "Écart", "asylum", "Early"):
        make_term(term)
    make_term("Hidden", is_public=False)
    make_term("Asilo", language="es")
    shown = page(client, "/glossary/")
    places = [shown.index(f"<dt>{t}</dt>") for t in ("asylum", "Early", "Écart", "Zoo")]
    assert places == sorted(places)
    assert "Hidden" not in shown and "Asilo" not in shown
    assert re.findall("<dt>(.*?)</dt>", page(client, "/es/glossary/")) == ["Asilo"]


@pytest.mark.slow
def test_an_empty_glossary_says_so_and_is_not_in_the_sitemap(
    client, make_term, set_up, sitemap
):
    assert "We have not explained any words here yet." in page(client, "/glossary/")
    assert "/glossary/" not in sitemap()
    make_term()
    assert "/glossary/" in sitemap()


@pytest.mark.slow
def test_the_article_that_says_more_is_named_while_it_is_live(
    client, publish, make_term
):
    more = publish("All on parole").post
    make_term(article=more)
    publish(body="<p>On parole.</p>")
    link = '<a href="/posts/all-on-parole/">All on parole</a>'
    for address in ("/posts/a-title/", "/glossary/"):
        assert f"More on this: {link}" in page(client, address)
    assert "More on this:" not in page(client, "/posts/all-on-parole/")
    publishing.withdraw(more, by=None)
    for address in ("/posts/a-title/", "/glossary/"):
        assert "More on this:" not in page(client, address)


@pytest.mark.slow
def test_twenty_words_cost_as_many_queries_as_one(
    client, publish, make_term, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    text = "".join(f"word{n} " for n in range(20))
    article = publish(body=f"<p>{text}</p>").post
    make_term("word0", article=article)
    with CaptureQueriesContext(connection) as with_one:
        client.get("/posts/a-title/")
    for number in range(1, 20):
        make_term(f"word{number}", article=article)
    with django_assert_max_num_queries(len(with_one)):
        client.get("/posts/a-title/")


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"term": "PAROLE"}, "explained already"),
        ({"term": "Other", "forms": "x1, paroled"}, "“paroled” is explained already"),
        ({"term": "Paroled"}, "“paroled” is explained already"),
        ({"term": "a"}, "Write at least two characters"),
        ({"term": "Other", "forms": "…"}, "Write at least two characters"),
        ({"term": "(b) of"}, "Write at least two characters"),
    ],
)
def test_a_word_is_explained_once(make_term, fields, sentence):
    make_term(forms="paroles, Paroled")
    with pytest.raises(ValidationError, match=sentence):
        Term(**{"explanation": "A.", **fields}).full_clean()
    Term(**{"explanation": "A.", "language": "es", "term": "Parole"}).full_clean()


# The desk


@pytest.mark.slow
def test_staff_suggest_and_the_attorney_lets_readers_see(
    staff_client, attorney, publish
):
    publish(body="<p>On parole.</p>")
    answer = staff_client.post(f"{LIST}add/", form(is_public="on"), follow=True)
    assert "until the attorney lets them" in answer.content.decode()
    term = Term.objects.get()
    address = f"{LIST}{term.pk}/change/"
    staff_client.post(address, form(explanation="A short stay.", **seen(term)))
    term.refresh_from_db()
    assert term.explanation == "A short stay." and not term.is_public
    assert "doc-glossref" not in page(staff_client)
    staff_client.force_login(attorney)
    staff_client.post(address, form(is_public="on", **seen(term)))
    assert "doc-glossref" in page(staff_client)


def test_staff_do_not_change_what_readers_see(staff_client, make_term):
    address = f"{LIST}{make_term().pk}"
    assert staff_client.get(f"{address}/change/").status_code == 200
    assert staff_client.post(f"{address}/change/", form()).status_code == 403
    assert staff_client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert Term.objects.get().explanation == "What Parole is."


@pytest.mark.slow
def test_staff_bring_no_public_word_back(attorney_client, staff):
    attorney_client.post(f"{LIST}add/", form(is_public="on"))
    term = Term.objects.get()
    attorney_client.post(f"{LIST}{term.pk}/delete/", {"post": "yes", **seen(term)})
    attorney_client.force_login(staff)
    from reversion.models import Version

    version = Version.objects.get_for_model(Term).first()
    attorney_client.post(f"{LIST}recover/{version.pk}/", form())
    deleted = "/admin/posts/post/deleted/"
    answer = attorney_client.post(deleted, {"version": version.pk})
    assert answer.status_code == 404 and not Term.objects.exists()


@pytest.mark.parametrize("model", ["term", "series"])
def test_strangers_and_the_rightless_see_neither_words_nor_series(client, staff, model):
    for route in ("", "add/"):
        address = f"/admin/posts/{model}/{route}"
        assert client.get(address).url.startswith("/admin/login/")
    staff.groups.clear()
    client.force_login(staff)
    for route in ("", "add/"):
        assert client.get(f"/admin/posts/{model}/{route}").status_code == 403


def test_the_form_says_how_a_note_is_written(staff_client):
    assert "[[The text of the note.]]" in page(staff_client, "/admin/posts/post/add/")
    assert not Post.objects.exists()
