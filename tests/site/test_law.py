"""The law as readers meet it: at an article's foot, and a page and feed of each."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from helpers.pages import card, guide

from posts import publishing
from posts.models import Edition

BODY = "<p>See INA 287(g), 8 CFR 214.2(h) and Form I-90. Matter of Dhanasar.</p>"


def text(client, address):
    page = client.get(address).content.decode()
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def test_an_article_ends_with_its_law_and_the_official_sources(client, publish):
    publish(body=BODY)
    page = client.get("/posts/a-title/").content.decode()
    foot = page.partition("The law behind this page")[2].partition("</section>")[0]
    assert re.findall('href="(.*?)"', foot) == [
        "/law/usc.8.1357.g/",
        "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title8-section1357"
        "&amp;num=0&amp;edition=prelim",
        "/law/cfr.8.214.2.h/",
        "https://www.ecfr.gov/current/title-8/section-214.2#p-214.2(h)",
        "/law/form.I-90/",
        "https://www.uscis.gov/i-90",
        "/law/ia.26.884/",
        "https://www.justice.gov/eoir/volume-26",
    ]
    outside = re.findall('<a href="https[^>]*>', foot)
    assert all('rel="noopener noreferrer"' in link for link in outside)
    assert "(INA 287(g))" in foot


def test_an_article_that_names_no_law_has_no_such_list(client, publish):
    publish()
    page = client.get("/posts/a-title/").content.decode()
    assert "The law behind this page" not in page and "citation" not in page


def test_data_for_machines_cites_what_the_page_lists(client, publish):
    publish(body=BODY)
    page = client.get("/posts/a-title/").content.decode()
    (data,) = re.findall(r'ld\+json">(\[.*?\])</script>', page)
    cited = json.loads(data)[0]["citation"]
    assert [each["name"] for each in cited] == [
        "8 U.S.C. § 1357(g) (INA 287(g))",
        "8 C.F.R. § 214.2(h)",
        "Form I-90",
        "Matter of Dhanasar, 26 I&N Dec. 884",
    ]
    assert cited[0]["@type"] == "Legislation"


@pytest.mark.slow
def test_a_page_lists_what_we_say_about_it_in_each_language(client, publish):
    publish("In English", body="<p>INA 287(g)(1)</p>", summary="A summary.")
    publish("En español", body="<p>8 U.S.C. 1357(g)</p>", language="es")
    publish("Elsewhere", body="<p>INA 287(a)</p>")
    page = text(client, "/law/usc.8.1357.g/")
    assert "In English" in page and "Elsewhere" not in page and "En espa" not in page
    assert "En español" in text(client, "/es/law/usc.8.1357.g/")
    assert "Leer el texto oficial" in text(client, "/es/law/usc.8.1357.g/")
    raw = client.get("/law/usc.8.1357.g/").content.decode()
    assert 'hreflang="es" href="http://127.0.0.1:8000/es/law/usc.8.1357.g/"' in raw
    raw = client.get("/law/usc.8.1357.g.1/").content.decode()
    assert "/es/law/" not in raw


@pytest.mark.slow
@pytest.mark.parametrize(
    "key", ["usc.8.1357.h", "form.I-9999", "nothing", "usc", "x" * 200, "a b"]
)
def test_there_is_no_page_of_what_no_live_article_rests_on(client, publish, key):
    publish(body=BODY)
    publish("To come", body="<p>INA 287(h)</p>", at=timezone.now() + timedelta(days=1))
    for address in ("/law/{}/", "/es/law/{}/", "/law/{}/feed/", "/law/{}/feed/json/"):
        assert client.get(address.format(key)).status_code == 404


def test_a_case_by_its_name_leads_to_its_page(client, publish):
    publish(body=BODY)
    answer = client.get("/law/matter.dhanasar/")
    assert (answer.status_code, answer["Location"]) == (301, "/law/ia.26.884/")


@pytest.mark.slow
def test_a_feed_has_what_rests_on_it(client, publish):
    publish("With it", body="<p>INA 287(g)(1)</p>")
    publish("Without", body="<p>INA 287(a)</p>")
    for end in ("", "rss/", "json/"):
        feed = client.get(f"/law/usc.8.1357.g/feed/{end}").content.decode()
        assert "With it" in feed and "Without" not in feed


@pytest.mark.slow
def test_what_is_withdrawn_leaves_its_page_at_once(client, publish):
    post = publish(body=BODY).post
    assert client.get("/law/form.I-90/").status_code == 200
    publishing.withdraw(post, by=None)
    assert client.get("/law/form.I-90/").status_code == 404


@pytest.mark.slow
def test_the_sitemap_lists_what_several_articles_rest_on(sitemap, publish):
    publish("One", body="<p>INA 287(g) and I-90</p>")
    publish("Two", body="<p>INA 287(g)</p>")
    for title in ("To come", "To come, too"):
        publish(title, body="<p>I-485</p>", at=timezone.now() + timedelta(days=1))
    listed = sitemap()
    assert "/law/usc.8.1357.g/" in listed and "/law/usc.8.1357/" in listed
    assert "form.I" not in listed and "/es/law/" not in listed


def test_what_has_no_date_is_listed_without_one(client, publish, set_up):
    """A guide on which alone a law's page rests, and a card: neither is dated."""
    body = "<h2>What is INA 287(g)?</h2><p>An agreement.</p>"
    guide(publish, body=body)
    card(publish, title="Stopped under 287(g)?", spanish="¿Lo pararon por 287(g)?")
    for address, named in (
        ("/law/usc.8.1357.g/", ["A guide", "Stopped under"]),
        ("/es/law/usc.8.1357.g/", ["¿Lo pararon por"]),
    ):
        page = client.get(address).content.decode()
        main = page.partition("<main")[2].partition("</main>")[0]
        assert [name for name in named if name in main] == named
        assert "<time" not in main
    # What its foot links to is there.
    foot = client.get("/posts/a-guide/").content.decode()
    (law,) = set(re.findall('href="(/law/[^"]*/)"', foot))
    assert client.get(law).status_code == 200
    publish("Dated", body="<p>INA 287(g)</p>")
    page = text(client, "/law/usc.8.1357.g/")
    assert page.index("A guide") < page.index("Dated")
    # Withdrawn, nothing rests on it in this language.
    for edition in Edition.objects.live().filter(language="en"):
        publishing.withdraw(edition.post, by=None)
    assert client.get("/law/usc.8.1357.g/").status_code == 404
