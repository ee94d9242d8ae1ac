"""A third language is a line in LANGUAGES: here it stands there from the beginning."""

import json
import os

import pytest
from helpers.served import helpers_too

from lawblog.site.page_language import use_language
from posts.authorities import citations
from posts.authorities.names import name_of
from posts.authorities.official_sources import source
from posts.models import SynonymGroup
from posts.search import search
from posts.search.query import parse
from posts.search.stemming import stem

pytestmark = pytest.mark.slow

SETTINGS = """
from lawblog.settings import *
LANGUAGES = [*LANGUAGES, ("ar", "العربية")]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""
SCRIPT = """
import json
from contextlib import redirect_stdout
from io import StringIO
import django
django.setup()
from datetime import date
from django.core.management import call_command
from django.test import Client
from offices.models import Page
from posts import publishing
from posts.checks.article import check
from posts.models import Post

said = StringIO()
with redirect_stdout(said):
    call_command("makemigrations", dry_run=True)
    call_command("migrate", verbosity=0)
    call_command("setup")
words = {"title": "مرحبا", "summary": "كلمة.", "body": "<p>" + "كلمة " * 150 + ".</p>"}
words |= {"language": "ar", "law_as_of": date(2026, 11, 2)}
publishing.publish(Post.objects.create(slug="marhaba", **words), by=None)
client = Client(HTTP_HOST="127.0.0.1")
print(json.dumps({
    "said": said.getvalue(),
    "findings": [finding.sentence for finding in check(**words)],
    "empty": list(Page.objects.filter(body="").values_list("language", flat=True)),
    "pages": {
        address: client.get(address).content.decode()
        for address in (
            "/ar/", "/ar/posts/marhaba/", "/ar/search/?q=كلمة", "/ar/offices/",
            "/ar/disclaimer/", "/sitemap-pages-1.xml",
        )
    },
}))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory, forked):
    """What an installation says that had the language before its first `setup`."""
    folder = tmp_path_factory.mktemp("third")
    (folder / "static").mkdir()
    (folder / "third_settings.py").write_text(SETTINGS, encoding="utf-8")
    helpers = helpers_too()
    environment = {
        **helpers,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{folder}:{helpers['PYTHONPATH']}",
        "PYTHONIOENCODING": "utf-8",
        "DJANGO_SETTINGS_MODULE": "third_settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": "",
        "SITE_URL": "http://127.0.0.1:8000",
        "SECRET_KEY": "not-a-secret-" * 5,
    }
    process = forked("-c", SCRIPT, env=environment)
    assert (process.returncode, process.stderr) == (0, "")
    return json.loads(process.stdout)


def test_it_asks_for_no_migration(site):
    assert site["said"].startswith("No changes detected\n")


@pytest.mark.parametrize(
    "address", ["/ar/", "/ar/posts/marhaba/", "/ar/search/?q=كلمة", "/ar/offices/"]
)
def test_its_pages_read_from_the_right_and_its_article_is_found(site, address):
    shown = site["pages"][address]
    assert '<html lang="ar" dir="rtl">' in shown
    assert ("مرحبا" in shown) is (address != "/ar/offices/")


def test_a_text_without_a_reading_formula_gets_no_grade(site):
    assert not any("grade" in sentence for sentence in site["findings"])


def test_a_page_of_record_waits_for_its_words_and_shows_the_first_languages(site):
    assert site["empty"] == ["ar"] * 5
    assert '<h1 lang="en">Disclaimer</h1>' in site["pages"]["/ar/disclaimer/"]
    listed = site["pages"]["/sitemap-pages-1.xml"]
    assert "/es/disclaimer/" in listed and "/ar/disclaimer/" not in listed


def test_a_text_in_a_language_without_a_stemmer_is_found_by_its_words(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Français")]
    assert stem("nationales", "fr") == "nationales"
    assert parse("nationales").stems() == {"national", "nationales"}


def test_lay_words_lead_to_its_articles_too(settings, set_up, publish):
    """Its words have no stems; what the list has in none of its words is told in the
    list's first language."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Français")]
    words = {"english": "deport, courts", "spanish": "tribunales"}
    SynonymGroup.objects.filter(name="removal").update(**words)
    publish("Z", slug="z", body="<p>tribunales</p>", language="fr")
    found = search("deport", language="fr")
    assert [edition.title for edition in found.editions] == ["Z"]
    with use_language("fr"):
        assert search("deport").also == ["courts"]


@pytest.mark.parametrize(
    "text, labels",
    [
        ("I-130을 제출하고 8 CFR 214.2에 따라", ["form I-130", "8 CFR 214.2"]),
        ("제출한I-485와H-1B비자", ["form I-485", "visa H-1B"]),
        ("اقرأ INA 287(g)، و8 USC 1357(g)", ["8 USC 1357(g)", "8 USC 1357(g)"]),
        ("根据INA 212(h)和TPS。", ["8 USC 1182(h)", "status TPS"]),
    ],
)
def test_citations_in_another_alphabet_are_found(text, labels):
    found = citations(text)
    assert [one.label for one in found] == labels
    assert all(text[one.start].isascii() for one in found)


@pytest.mark.parametrize("key", ["status.TPS", "pm.7.B.2", "form.I-130", "cfr.8.214"])
def test_the_law_has_its_english_name_and_source(key):
    assert name_of(key, "ko") == name_of(key, "en")
    assert source(key, "ko") == source(key, "en")
