"""The Spanish edition: complete, and one language of any."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import get_language, override
from helpers.desk import page

from lawblog.site.page_language import current_language, use_language
from lawblog.site.text_language import localized
from offices.models import Closure, Firm, Office
from posts.models import Topic

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "lawblog/locale/es/LC_MESSAGES/django.po"


AS_DOCUMENTED = "makemessages -l es --add-location file --no-wrap"


# The catalog ------------------------------------------------------------------


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    """A copy of the catalog with every marked string of the project brought in."""
    if not shutil.which("xgettext") and not os.environ.get("REQUIRE_ALL"):
        pytest.skip("no xgettext found: install it (Debian: gettext)")
    folder = tmp_path_factory.mktemp("catalog")
    leave = shutil.ignore_patterns("locale", "migrations", "static", "__pycache__")
    for part in ("deploy", "lawblog", "offices", "posts", "templates"):
        shutil.copytree(ROOT / part, folder / part, ignore=leave)
    copy = folder / CATALOG.relative_to(ROOT)
    copy.parent.mkdir(parents=True)
    shutil.copy(CATALOG, copy)
    command = [sys.executable, "-m", "django", *AS_DOCUMENTED.split()]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return copy


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["untranslated", "only-fuzzy", "only-obsolete"])
def test_no_string_lacks_its_translation(gathered, kind):
    listed = ["msgattrib", f"--{kind}", "--no-wrap", gathered]
    found = subprocess.run(listed, check=True, capture_output=True, text=True).stdout
    assert re.findall(r'^(?:#~ )?msgid "(.+)"', found, re.M) == []


@pytest.mark.slow
def test_the_catalog_is_as_the_tool_makes_it(gathered):
    """Or the next who translates a sentence brings in the changes of others."""
    assert AS_DOCUMENTED in " ".join((ROOT / "docs/recipes.md").read_text().split())
    made, kept = (
        [line for line in path.read_text().splitlines() if "-Date:" not in line]
        for path in (gathered, CATALOG)
    )
    assert made == kept


def test_what_is_served_is_what_the_catalog_says(gathered, tmp_path):
    compiled = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", compiled, CATALOG], check=True)
    assert texts(compiled) == texts(CATALOG.with_suffix(".mo"))


def texts(path):
    with path.open("rb") as file:
        catalog = dict(gettext.GNUTranslations(file)._catalog)
    return {key: text for key, text in catalog.items() if key}


PUBLIC = [
    path
    for path in sorted(ROOT.glob("templates/public/**/*.html"))
    # These stand alone, in every language at once.
    if path.name not in ("403.html", "500.html", "error.html")
]


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_a_public_template_has_no_unmarked_words(path):
    text = path.read_text()
    text = re.sub(
        r'<aside class="draft-bar"[^>]* lang="en".*?</aside>', "", text, flags=re.S
    )
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", text, flags=re.S)
    named = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', text)
    words = re.sub(r"<[^>]*>", " ", text, flags=re.S)
    assert [w for w in [words, *named] if re.search(r"[A-Za-z]{2}", w)] == []


def test_the_language_is_set_and_asked_in_one_place():
    """Else current_language() says one language and Django's catalog another."""
    asking = r"\boverride\(|\bget_language\("
    paths = [
        p
        for app in ("lawblog", "offices", "posts")
        for p in ROOT.glob(f"{app}/**/*.py")
    ]
    found = [path for path in paths if re.search(asking, path.read_text())]
    assert found == [ROOT / "lawblog/site/page_language.py"]


@pytest.mark.parametrize("code", ["en", "es"])
def test_what_is_spoken_is_what_the_catalog_says(code):
    with override("es"):
        assert current_language() == "es"
        with use_language(code):
            assert current_language() == get_language() == code
        assert current_language() == get_language() == "es"


# Pages ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address, words",
    [
        ("/es/", "Lo más reciente"),
        ("/es/posts/", "Artículos"),
        ("/es/posts/hola/", "Ley vigente al"),
        ("/es/offices/", "Oficinas"),
        ("/es/offices/new-york/", "Solo con cita"),
        ("/es/search/?q=hola", "1 artículo."),
        ("/es/search/?q=zzz", "Ningún artículo contiene"),
        ("/es/nothing/", "No encontramos esta página"),
    ],
)
def test_a_spanish_page_is_spanish_throughout(client, set_up, publish, address, words):
    publish("Hola", language="es", summary="Un saludo.", body="<p>Hola a todos.</p>")
    shown = page(client, address)
    assert '<html lang="es" dir="ltr">' in shown and words in shown
    for english in "Articles", "Offices", "Phone ", "Skip", "office</a>", "Direct":
        assert english not in shown
    assert client.get(address).headers["Content-Language"] == "es"


@pytest.mark.slow
def test_lists_show_the_articles_of_their_language(client, publish):
    publish("Hello")
    publish("Hola", language="es")
    assert "Hello" in page(client, "/posts/") and "Hola" not in page(client, "/posts/")
    assert "Hola" in page(client, "/es/") and "Hello" not in page(client, "/es/posts/")


@pytest.mark.slow
def test_an_article_has_one_address(client, publish):
    publish("Hello")
    publish("Hola", language="es")
    for wrong, right in (
        ("/posts/hola/", "/es/posts/hola/"),
        ("/es/posts/hello/", "/posts/hello/"),
    ):
        answer = client.get(wrong)
        assert (answer.status_code, answer.headers["Location"]) == (301, right)
        assert client.get(right).status_code == 200


@pytest.mark.parametrize("prefix, right", [("/en/", "/"), ("/ES/", "/es/")])
def test_a_language_spelled_otherwise_leads_to_its_pages(client, set_up, prefix, right):
    assert client.get(f"{prefix}posts/")["Location"] == f"{right}posts/"


@pytest.mark.parametrize("prefix", ["/fr/", "/es-mx/", "/xx/"])
def test_an_unknown_language_is_a_page_that_says_so(client, set_up, prefix):
    answer = client.get(f"{prefix}posts/")
    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()


def test_neither_browser_nor_cookie_choose_the_language(client, set_up):
    client.cookies["django_language"] = "es"
    answer = client.get("/", headers={"accept-language": "es"})
    assert '<html lang="en"' in answer.content.decode()
    assert "Accept-Language" not in answer.headers.get("Vary", "")


WORDS = {
    "2026-11-24 08:00": "Cerrada · abre a las 9 a. m.",
    "2026-11-24 12:00": "Abierta ahora · cierra a las 5:30 p. m.",
    "2026-11-24 18:00": "Cerrada · abre mañana a las 9 a. m.",
    "2026-11-26 10:00": "Cerrada por el Día de Acción de Gracias · abre el martes a",
}


@pytest.mark.parametrize("moment", WORDS)
def test_dates_and_hours_are_in_the_pages_language(client, set_up, moment):
    office = Office.objects.get(slug="fort-lee")
    office.hours.create(weekday=1, opens="09:00", closes="17:30")
    office.hours.create(weekday=2, opens="09:00", closes="17:30")
    day = "2026-11-26"
    Closure.objects.create(first_day=day, last_day=day, reason="Thanksgiving Day")
    with time_machine.travel(datetime.fromisoformat(f"{moment}:00-05:00"), tick=False):
        shown = page(client, "/es/offices/fort-lee/")
    assert WORDS[moment] in shown
    assert "<dt><span>Martes,</span> <span>miércoles</span>" in shown
    assert "26 de noviembre de 2026: Cerrada por" in shown


# Texts of the record ----------------------------------------------------------


@pytest.mark.slow
def test_notices_are_told_in_spanish_until_the_attorney_says_otherwise(
    client, set_up, publish
):
    publish("Hola", language="es")
    assert "no asesoría legal." in page(client, "/es/posts/hola/")
    Firm.objects.update(article_notice="Ask us.")
    assert '<span lang="en">Ask us.</span>' in page(client, "/es/posts/hola/")
    Firm.objects.update(in_other_languages={"es": {"article_notice": "Pregunte."}})
    assert "Pregunte." in page(client, "/es/posts/hola/")
    assert "Ask us." not in page(client, "/es/posts/hola/")


@pytest.mark.slow
def test_the_desk_takes_spanish_texts(set_up, admin_client, client):
    address = reverse("admin:offices_firm_change", args=[1])
    form = admin_client.get(address).context["adminform"].form
    data = {
        name: form.get_initial_for_field(f, name) for name, f in form.fields.items()
    }
    links = {"links-TOTAL_FORMS": 0, "links-INITIAL_FORMS": 0}
    data = {n: v for n, v in data.items() if v is not None} | links
    data |= {"tagline": "Plain words", "tagline_es": "Palabras <claras>"}
    assert admin_client.post(address, data).status_code == 302
    assert "Palabras &lt;claras&gt;" in page(client, "/es/")
    assert "Plain words" in page(client, "/")
    shown = admin_client.get(address).content.decode()
    assert 'value="Palabras &lt;claras&gt;"' in shown


def test_a_biography_is_cleaned_in_each_language(client, finished_firm):
    evil = {"es": {"biography": "<p>Hola<script>x()</script></p>"}}
    attorney = Firm.objects.get().responsible_attorney
    type(attorney).objects.update(biography="<p>Hi</p>", in_other_languages=evil)
    shown = page(client, "/es/attorneys/anna/")
    assert "<p>Hola</p>" in shown and "x()" not in shown


@pytest.mark.slow
def test_a_topic_has_a_name_in_each_language(client, publish):
    publish("Hola", language="es", topics=["Asylum"])
    assert '<span lang="en">Asylum</span>' in page(client, "/es/")
    Topic.objects.update(in_other_languages={"es": {"name": "Asilo"}})
    assert "Asylum" not in page(client, "/es/posts/topics/asylum/")


def test_a_topic_of_what_is_found_leads_to_articles_in_its_language(
    client, set_up, publish
):
    """And its name says which language it is in, where it has none in the page's."""
    publish("Asilo here", topics=["Courts"])
    publish("Asilo aquí", topics=["Corte"], language="es")
    for prefix in ("", "/es"):
        answer = client.get(f"{prefix}/search/", {"q": "asilo"}).content.decode()
        found = re.findall(r'href="([^"?]*/topics/[^"]+)"', answer)
        assert set(found) == {"/posts/topics/courts/", "/es/posts/topics/corte/"}
        assert {client.get(address).status_code for address in found} == {200}
    for more in ({}, {"topic": "courts"}):
        answer = client.get("/es/search/", {"q": "asilo", **more}).content.decode()
        named = re.findall(r"(<span lang=\"en\">)?Courts", answer)
        assert named and all(named), more


# A further language -----------------------------------------------------------


@pytest.fixture
def arabic(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]


@pytest.mark.slow
def test_a_further_language_is_a_setting_and_reads_from_the_right(
    client, set_up, publish, arabic
):
    publish("مرحبا", slug="marhaba", language="ar")
    for address in ("/ar/", "/ar/posts/marhaba/", "/ar/offices/"):
        shown = page(client, address)
        assert '<html lang="ar" dir="rtl">' in shown
    assert 'lang="ar" hreflang="ar">العربية</a>' in page(client, "/es/")


def test_the_active_language_is_given_back(client, set_up):
    with override("en"):
        client.get("/es/")
        assert reverse("home") == "/"


def test_a_text_that_runs_the_other_way_than_its_page_says_so(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    office = Office(landmarks="A red door.")
    for code, tag in (("ar", '<span lang="en" dir="ltr">'), ("es", '<span lang="en">')):
        with use_language(code):
            assert localized(office, "landmarks") == f"{tag}A red door.</span>"
