"""The Spanish edition: complete, paired with the originals, and one language of any."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from offices.models import Closure, Firm, Office
from posts import publishing
from posts.models import Edition, Post, Topic

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "lawblog/locale/es/LC_MESSAGES/django.po"
NOON = datetime(2026, 11, 24, 12, tzinfo=timezone.get_default_timezone())


def page(client, address):
    return client.get(address).content.decode()


# The catalog ------------------------------------------------------------------


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    """A copy of the catalog with every marked string of the project brought in."""
    if not shutil.which("xgettext") and not os.environ.get("REQUIRE_ALL"):
        pytest.skip("no xgettext found: install it (Debian: gettext)")
    folder = tmp_path_factory.mktemp("catalog")
    leave = shutil.ignore_patterns("locale", "migrations", "static", "__pycache__")
    for part in ("lawblog", "offices", "posts", "templates"):
        shutil.copytree(ROOT / part, folder / part, ignore=leave)
    copy = folder / "locale/es/LC_MESSAGES/django.po"
    copy.parent.mkdir(parents=True)
    shutil.copy(CATALOG, copy)
    command = [sys.executable, "-m", "django", "makemessages", "-l", "es"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return copy


@pytest.mark.parametrize("kind", ["untranslated", "only-fuzzy", "only-obsolete"])
def test_no_string_lacks_its_translation(gathered, kind):
    listed = ["msgattrib", f"--{kind}", "--no-wrap", gathered]
    found = subprocess.run(listed, check=True, capture_output=True, text=True).stdout
    assert re.findall(r'^(?:#~ )?msgid "(.+)"', found, re.M) == []


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
    for path in sorted(ROOT.glob("templates/**/*.html"))
    if "admin" not in path.parts
    # These stand alone, in every language at once.
    and path.name not in ("400.html", "403.html", "500.html")
    # The desk's, in English.
    and path.name not in ("changes.html", "diff.html", "diff_words.html")
]


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_a_public_template_has_no_unmarked_words(path):
    text = path.read_text()
    text = re.sub(
        r'<div class="draft-bar"[^>]* lang="en".*?</div>', "", text, flags=re.S
    )
    text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.S)
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", text, flags=re.S)
    named = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', text)
    words = re.sub(r"<[^>]*>", " ", text, flags=re.S)
    assert [w for w in [words, *named] if re.search(r"[A-Za-z]{2}", w)] == []


# Pages ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address, words",
    [
        ("/es/", "Artículos más recientes"),
        ("/es/posts/", "Artículos"),
        ("/es/posts/hola/", "Ley vigente al"),
        ("/es/offices/", "Oficinas"),
        ("/es/offices/new-york/", "Solo con cita"),
        ("/es/search/?q=hola", "1 artículo."),
        ("/es/search/?q=zzz", "Ningún artículo contiene"),
        ("/es/nothing/", "No tenemos ninguna página"),
    ],
)
def test_a_spanish_page_is_spanish_throughout(client, set_up, publish, address, words):
    publish("Hola", language="es", summary="Un saludo.", body="<p>Hola a todos.</p>")
    shown = page(client, address)
    assert '<html lang="es" dir="ltr">' in shown and words in shown
    for english in ("Articles", "Offices", "Phone", "Skip", "office</a>", "Directions"):
        assert english not in shown
    assert client.get(address).headers["Content-Language"] == "es"


def test_lists_show_the_articles_of_their_language(client, publish):
    publish("Hello")
    publish("Hola", language="es")
    assert "Hello" in page(client, "/posts/") and "Hola" not in page(client, "/posts/")
    assert "Hola" in page(client, "/es/") and "Hello" not in page(client, "/es/posts/")


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


@pytest.mark.parametrize("prefix", ["/en/", "/fr/", "/es-mx/", "/xx/", "/ES/"])
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
    "2026-11-24 08:00": "Cerrada · abre 9:00 a. m.",
    "2026-11-24 12:00": "Abierta ahora · cierra a las 5:30 p. m.",
    "2026-11-24 18:00": "Cerrada · abre mañana 9:00 a. m.",
    "2026-11-26 10:00": "Cerrada por el Día de Acción de Gracias · abre martes 9:00",
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
    assert '<th scope="row">martes</th>' in shown
    assert "26 de noviembre de 2026: Cerrada por" in shown


# Texts of the record ----------------------------------------------------------


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


def test_a_topic_has_a_name_in_each_language(client, publish):
    publish("Hola", language="es", topics=["Asylum"])
    assert '<span lang="en">Asylum</span>' in page(client, "/es/")
    Topic.objects.update(in_other_languages={"es": {"name": "Asilo"}})
    assert "Asylum" not in page(client, "/es/posts/topics/asylum/")


# Translations -----------------------------------------------------------------


@pytest.fixture
def pair(publish):
    """An English article and its translation, both live since the same moment."""
    with time_machine.travel(NOON - timedelta(days=10), tick=False):
        original = publish("Hello").post
        translation = publish("Hola", language="es", translation_of=original).post
    return original, translation


def links(client, address):
    found = (
        r'<link rel="alternate" hreflang="([^"]+)" href="http://127.0.0.1:8000([^"]+)"'
    )
    return dict(re.findall(found, page(client, address)))


def test_a_pair_names_each_other_and_itself(client, pair):
    both = {
        "en": "/posts/hello/",
        "es": "/es/posts/hola/",
        "x-default": "/posts/hello/",
    }
    assert links(client, "/posts/hello/") == links(client, "/es/posts/hola/") == both
    assert 'href="/es/posts/hola/" lang="es"' in page(client, "/posts/hello/")


@pytest.mark.parametrize("address", ["/", "/offices/", "/offices/fort-lee/", "/posts/"])
def test_every_other_page_has_its_twin(client, set_up, address):
    both = {"en": address, "es": f"/es{address}", "x-default": address}
    assert links(client, address) == links(client, f"/es{address}") == both


@pytest.mark.parametrize("address", ["/posts/topics/asylum/", "/posts/2026/"])
def test_a_list_that_is_empty_in_spanish_has_no_twin(client, publish, address):
    publish("Hello", topics=["Asylum"], published_on="2026-01-05")
    assert links(client, address) == {}
    assert f'href="/es{address}"' not in page(client, address)
    publish("Hola", language="es", topics=["Asylum"], published_on="2026-01-05")
    assert links(client, address)["es"] == f"/es{address}"


@pytest.mark.parametrize("which", [0, 1])
def test_a_withdrawn_half_is_named_nowhere(client, pair, which):
    publishing.withdraw(pair[which], by=None)
    rest = ["/es/posts/hola/", "/posts/hello/"][which]
    gone = ["/posts/hello/", "/es/posts/hola/"][which]
    assert links(client, rest) == {}
    assert gone not in page(client, rest)
    assert client.get(gone).status_code == 404


def test_a_translation_knows_which_edition_it_translates(pair):
    original, translation = (post.editions.get() for post in pair)
    assert translation.translates == original and original.translates is None


def test_readers_and_the_desk_are_told_that_a_translation_fell_behind(
    client, attorney_client, pair
):
    original, translation = pair
    notice = "Esta es una traducción. El original se modificó el"
    Post.objects.filter(pk=original.pk).update(body="<p>New law.</p>")
    with time_machine.travel(NOON, tick=False):
        publishing.publish(original, by=None)
        shown = page(client, "/es/posts/hola/")
        assert notice in shown and "24 de noviembre de 2026" in shown
        assert 'href="/posts/hello/"' in shown
        assert "Translations that fell behind" in page(attorney_client, "/admin/")
        # A corrected typing error in the translation makes it no newer.
        publishing.publish(translation, by=None, follows=False)
        assert notice in page(client, "/es/posts/hola/")
        publishing.publish(translation, by=None)
        assert notice not in page(client, "/es/posts/hola/")
        assert "fell behind" not in page(attorney_client, "/admin/")


def test_a_corrected_typing_error_leaves_no_translation_behind(client, pair):
    publishing.publish(pair[0], by=None, substantive=False)
    assert not Edition.objects.live().behind().exists()
    assert "Esta es una traducción" not in page(client, "/es/posts/hola/")


def test_the_attorney_says_whether_a_translation_follows(attorney_client, pair):
    original, translation = pair
    address = reverse("admin:posts_post_publish", args=[translation.pk])
    assert "checked" in str(attorney_client.get(address).context["form"]["follows"])
    publishing.publish(original, by=None)
    form = attorney_client.get(address).context["form"]
    assert "checked" not in str(form["follows"])
    other = reverse("admin:posts_post_publish", args=[original.pk])
    assert "follows" not in attorney_client.get(other).context["form"].fields


def test_a_translation_is_begun_with_the_originals_words(staff_client, pair, publish):
    original = publish("Alone", topics=["Asylum"]).post
    change = reverse("admin:posts_post_change", args=[original.pk])
    link = f"/admin/posts/post/add/?translation_of={original.pk}&amp;language=es"
    assert link in page(staff_client, change)
    form = staff_client.get(link.replace("&amp;", "&")).context["adminform"].form
    assert form.initial["body"] == original.body and form.initial["language"] == "es"
    # One that has all its translations offers none.
    assert "Translate:" not in page(
        staff_client, reverse("admin:posts_post_change", args=[pair[0].pk])
    )


@pytest.mark.parametrize("query", ["translation_of=x", "translation_of=99999999999999"])
def test_a_made_up_original_is_passed_over(staff_client, query):
    answer = staff_client.get(f"/admin/posts/post/add/?{query}&language=es")
    assert answer.status_code == 200
    assert "body" not in answer.context["adminform"].form.initial


@pytest.mark.parametrize(
    "fields, problem",
    [
        ({"language": "en"}, "same language"),
        ({"language": "es", "of": "Hola"}, "is a translation itself"),
        ({"language": "es"}, "has a translation into this language already"),
    ],
)
def test_impossible_pairs_are_refused(pair, make_post, fields, problem):
    of = Post.objects.get(title=fields.get("of", "Hello"))
    with pytest.raises(ValidationError, match=problem):
        post = make_post("Third")
        post.language, post.translation_of = fields["language"], of
        post.full_clean()


def test_an_original_does_not_become_a_translation(pair, make_post):
    original = pair[0]
    original.translation_of = make_post("Otro", language="es")
    with pytest.raises(ValidationError, match="so that it is an original"):
        original.full_clean()


def test_the_words_of_old_editions_keep_their_fingerprint(publish):
    """Fields that came later count only where they say something."""
    edition = publish()
    assert publishing.digest_of(edition) == edition.digest
    words = edition.copied_words()
    del words["translation_of_id"], words["superseded_by_id"]
    words |= {"superseded_by_id": None, "translation_of_id": None}
    rest = (edition.published_on, edition.author_name, edition.topic_names)
    assert publishing.digest(words, *rest) == edition.digest


# A further language -----------------------------------------------------------


@pytest.fixture
def arabic(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]


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
