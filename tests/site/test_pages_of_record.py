"""Pages of record: there for every reader, in the attorney's words and hands."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from lawblog.desk.locking import version_token
from offices.models import Firm, Page

KINDS = Page.Kind.values


@pytest.fixture
def disclaimer(set_up):
    return Page.objects.get(kind="disclaimer", language="en")


def form(page, **fields):
    words = {
        "title": page.title,
        "body": page.body,
        "version_token": version_token(page),
    }
    return {**words, **fields}


def change(page):
    return reverse("admin:offices_page_change", args=[page.pk])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("prefix, language", [("", "en"), ("/es", "es")])
def test_each_page_is_there_in_each_language(set_up, client, kind, prefix, language):
    page = Page.objects.get(kind=kind, language=language)
    text = client.get(f"{prefix}/{kind}/").content.decode()
    assert f'<h1 lang="{language}">{page.title}</h1>' in text and page.body in text
    assert f'hreflang="es" href="http://127.0.0.1:8000/es/{kind}/"' in text


@pytest.mark.parametrize("address", ["/", "/es/", "/offices/", "/nope/"])
def test_every_footer_links_to_every_page(set_up, client, address):
    page = client.get(address).content.decode()
    prefix = "/es" if address == "/es/" else ""
    for kind in KINDS:
        assert f'href="{prefix}/{kind}/"' in page


def test_a_page_in_no_other_language_is_shown_in_english_and_says_so(set_up, client):
    Page.objects.filter(kind="about", language="es").delete()
    text = client.get("/es/about/").content.decode()
    english = Page.objects.get(kind="about")
    assert f'<h1 lang="en">{english.title}</h1>' in text
    assert re.search(r"<p>(This page is in English|Esta página está en inglés)", text)
    assert 'rel="alternate" hreflang="es"' not in text


@pytest.mark.parametrize("address", ["/terms/", "/es/terms/", "/privacy/more/"])
def test_an_unknown_page_is_not_found(set_up, client, address):
    assert client.get(address).status_code == 404


def test_a_page_that_setup_has_not_made_is_not_found(db, client):
    assert client.get("/privacy/").status_code == 404


def test_the_sitemap_lists_the_pages(set_up, sitemap):
    listed = sitemap()
    for kind in KINDS:
        assert f"<loc>http://127.0.0.1:8000/{kind}/</loc>" in listed


def test_what_was_edited_is_kept_and_what_is_missing_is_made(disclaimer):
    Page.objects.filter(pk=disclaimer.pk).update(body="<p>Mine.</p>")
    Page.objects.filter(kind="about").delete()
    call_command("setup")
    disclaimer.refresh_from_db()
    assert disclaimer.body == "<p>Mine.</p>"
    assert Page.objects.filter(kind="about").count() == 2


def test_the_shipped_words_are_clean_and_claim_no_compliance(set_up):
    from offices.default_pages.shipped import default

    for page in Page.objects.all():
        assert (page.title, page.body) == default(page.kind, page.language)
        assert "complian" not in page.body and not re.search(r"\d{3}", page.body)


@pytest.mark.slow
def test_the_attorney_makes_a_page_hers(attorney_client, disclaimer):
    text = attorney_client.get(change(disclaimer)).content.decode()
    assert "This is a neutral default. Review it and make it yours." in text
    sent = form(disclaimer, body="<p>Mine.<script>1</script></p>", reviewed="on")
    assert attorney_client.post(change(disclaimer), sent).status_code == 302
    assert "<p>Mine.</p>" in attorney_client.get("/disclaimer/").content.decode()
    text = attorney_client.get(change(disclaimer)).content.decode()
    assert "neutral default" not in text


def test_the_second_of_two_to_save_is_told(attorney_client, disclaimer):
    sent = form(disclaimer, body="<p>Late.</p>")
    disclaimer.save()
    response = attorney_client.post(change(disclaimer), sent)
    assert "Nothing of yours was saved" in response.content.decode()
    disclaimer.refresh_from_db()
    assert "Late" not in disclaimer.body


@pytest.mark.parametrize("title", ["", "x" * 101])
def test_a_title_that_cannot_be_is_refused_in_words(attorney_client, disclaimer, title):
    sent = form(disclaimer, title=title)
    response = attorney_client.post(change(disclaimer), sent)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()


def test_staff_read_the_legal_words_and_cannot_change_them(staff_client, disclaimer):
    page = staff_client.get(change(disclaimer)).content.decode()
    assert "Disclaimer" in page and 'name="body"' not in page
    sent = form(disclaimer, body="<p>Staff.</p>")
    assert staff_client.post(change(disclaimer), sent).status_code == 403
    disclaimer.refresh_from_db()
    assert "Staff" not in disclaimer.body


def test_a_stranger_is_sent_to_sign_in(client, disclaimer):
    for address in (change(disclaimer), reverse("admin:offices_page_changelist")):
        response = client.get(address)
        assert response.status_code == 302 and "/login/" in response["Location"]


@pytest.mark.parametrize("action", ["delete", "add"])
def test_nobody_adds_or_deletes_a_page(attorney_client, disclaimer, action):
    address = change(disclaimer).replace("change", "delete")
    if action == "add":
        address = reverse("admin:offices_page_add")
    assert attorney_client.post(address, {"post": "yes"}).status_code == 403
    assert Page.objects.count() == 2 * len(KINDS)


@pytest.mark.slow
def test_the_exit_goes_where_the_firm_says(set_up, client):
    link = '<a class="exit" href="{}" rel="noreferrer noopener">'
    assert link.format("https://www.google.com/") in client.get("/").content.decode()
    firm = Firm.objects.get()
    firm.quick_exit = "https://weather.example/"
    firm.save()
    assert link.format(firm.quick_exit) in client.get("/").content.decode()
    firm.quick_exit = ""
    firm.save()
    assert 'class="exit"' not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "address, words", [("/privacy/", "also on Tor"), ("/es/privacy/", "está en Tor")]
)
def test_the_privacy_page_gives_the_onion_address_where_there_is_one(
    set_up, client, settings, address, words
):
    onion = f"http://{'a' * 56}.onion"
    assert ".onion" not in client.get(address).content.decode()
    settings.ONION_URL = onion
    page = client.get(address).content.decode()
    assert words in page and f'href="{onion}/">{onion}</a>' in page
    # Of the others, none speaks of it.
    assert ".onion" not in client.get("/disclaimer/").content.decode()
