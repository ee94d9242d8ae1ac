"""Law's words are found in every usual spelling, alike on either database."""

import pytest
from helpers.searching import titles

from lawblog.html.richtext import to_text
from posts.models import Edition
from posts.search import extra_tokens, index, query, search, snippets
from posts.search.stemming import spans, stem
from posts.search.synonyms import Synonyms, default_groups

pytestmark = pytest.mark.usefixtures("clock")
FOUND = [
    (
        "Many H-1Bs and L-1As were filed",
        "H-1B; h1b; H‑1Bs; h-1b’s; H 1B; h 1b visa; H-1B visas; visa h-1b; L-1A; l1a",
    ),
    ("H1B workers", "H-1B; h–1b; H−1Bs"),
    ("File Form I-601A", "601A; I-601A; i601a; form 601a; Form I 601A; i 601a"),
    ("the I-485 package", "form 485; i 485; 485; I‑485; i485; formulario I-485"),
    ("Form I\u2011765, Form I\u2013824, I\u2212130s", "I-765; I-824; i765; 824; i130"),
    ("depor\u00adtation", "deportation; deportations; depor\u00adtation"),
    ("the F.B.I. and U.S citizens", "FBI; F.B.I.; US citizens; U.S. citizen; fbi's"),
    ("FBI", "F.B.I.; F.B.I"),
    (
        "8 C.F.R. 214.2(h)",
        "8 CFR 214.2; cfr; C.F.R.; 8 CFR 214.2(h); 214.2h",
    ),
    ("Section 245(i), § 287(g)", "245i; 287g; 287(g); INA 287(g); 8 USC 1357(g)"),
    (
        "8 U.S.C. § 1357(g)",
        "287g; 8 usc 1357 g; INA § 287(g); 8 USC 1357; sección 287(g) de la INA",
    ),
    ("INA § 244(b)", "section 244; sección 244; § 244; 8 USC 1254a(b); INA 244"),
    ("según la sección 212(h)", "§ 212(h); section 212(h); 212h; 8 usc 1182(h)"),
    ("INA 212(a)(9)(B)(i)", "212(a)(9); INA 212(a)(9)(B); 212a9b; INA 212; 212a"),
    ("EOIR-42B, COVID-19", "EOIR42B; eoir 42b; EOIR-42B; covid19; covid 19; COVID-19"),
    ("re-entry, co-sponsor", "reentry; cosponsor; re-entry; re entry; co-sponsors"),
    ("non-immigrant, e-mail", "nonimmigrant; non-immigrant; email; e-mail; emails"),
    ("nonimmigrant, email", "non-immigrant; e-mail; non‑immigrants"),
    ("Temporary Protected Status", "TPS; tps; estatus de protección temporal"),
    ("Matter of Dhanasar", "dhanasar; Matter of Dhanasar; 26 I&N Dec. 884"),
    ("Matter of Novel, 30 I&N Dec. 12", "matter of novel; novel; 30 I&N Dec 12"),
    ("Sec. 212(h) applies", "section; sec. 212(h)"),
]
FOUND_IN_SPANISH = [
    ("Los exámenes", "examen; exámenes; examenes; EXAMEN"),
    ("Un examen", "exámenes; examenes; examen"),
    ("jueces, voces y jóvenes", "juez; voz; joven; JUEZ; jovenes"),
    ("Un juez, una voz, un joven", "jueces; voces; jóvenes"),
    ("ciudades y órdenes", "ciudad; orden; órden"),
    ("§ 287(g)", "sección 287(g); section 287(g); seccion; 287g"),
    ("Formulario I‑130", "I-130; formulario i130; form I-130; 130"),
]
NOT_FOUND = [
    ("INA 212(h)", "212(i)"),
    ("8 USC 1324a", "8 USC 1324(a)"),
    ("8 USC 1324(a)", "8 USC 1324a"),
    ("INA 212", "INA 212(h)"),
    ("Suite 212", "INA 212"),
    ("I-130", "I-130A"),
    ("I-485 I-601A", '"485 601a"'),
    ("I-485", "visa -485"),
    ("visa INA 287(g)", "visa -287g"),
    ("287 grams, section 3", "287(g)"),
    ("ice water", "uscx8x1357"),
]


@pytest.mark.parametrize(
    "text, many, language",
    [(*row, "en") for row in FOUND] + [(*row, "es") for row in FOUND_IN_SPANISH],
)
def test_every_usual_spelling_finds_it(publish, text, many, language):
    publish("Z", slug="z", summary="Z", body=f"<p>{text}</p>", language=language)
    assert [asked for asked in many.split("; ") if titles(asked) != ["Z"]] == []


@pytest.mark.parametrize("text, asked", NOT_FOUND)
def test_another_law_is_not_found(publish, text, asked):
    publish("Z", slug="z", summary="Z", body=f"<p>{text}</p>")
    assert titles(asked) == []


def test_the_citation_is_marked_whatever_it_was_asked_by(publish):
    publish("Z", slug="z", body="<p>Under 8 U.S.C. § 1357(g) and non-immigrant.</p>")
    for asked, hit in (
        ("287g", "8 U.S.C. § 1357(g)"),
        ("nonimmigrant", "non-immigrant"),
        ("under", "Under"),
    ):
        (edition,) = search(asked).editions
        assert [text for text, is_hit in edition.snippet if is_hit] == [hit]


def test_related_articles_compare_words_and_no_spellings(publish):
    edition = publish(body="<p>Under INA 287(g), I-485 and non-immigrant.</p>")
    words = index.words_of([edition.pk])[edition.pk]
    assert {"i485", "under"} <= words
    assert not words & set(extra_tokens.extra_tokens(to_text(edition.body), "en"))


def test_no_spelling_is_offered_as_a_word(publish):
    publish("Non-immigrant under INA 287(g)")
    assert search("nonimmigrent").suggestion is None


def test_words_of_the_text_outweigh_its_spellings(publish):
    publish("Beside", summary="Z", body="<p>non-immigrant filler</p>")
    publish("Within", summary="Z", body="<p>nonimmigrant nonimmigrant</p>")
    assert titles("nonimmigrant") == ["Within", "Beside"]


@pytest.mark.parametrize(
    "text", ["§" * 10_000, "(" * 10_000, "8 CFR " * 5_000, "I-" * 5_000, "a-" * 5_000]
)
def test_hostile_queries_are_bounded(publish, text):
    publish("Z", slug="z", summary="Z", body="<p>§ 1</p>")
    asked = query.parse(text)
    assert len(asked.wanted) <= 2 * query.MAX_PARTS
    search(text)


def test_a_range_asks_for_any_of_its_sections():
    (part,) = query.parse("8 CFR 214.1-214.3").wanted[1:]
    assert ("cfrx8x214x2",) in part and ("cfrx8x214x3",) in part


@pytest.mark.slow
def test_hits_are_found_in_time_that_grows_as_the_text_does():
    text = "non-immigrant word " * 20_000
    spans = extra_tokens.spans_with_tokens(text, "en", {"nonimmigr"})
    assert len(spans) == 40_000
    assert len(snippets.marked(text, "en", {"nonimmigr"})) == 40_000


SPANISH_PAIRS = """
    examen exámenes, joven jóvenes, orden órdenes, juez jueces, voz voces,
    ciudad ciudades, familiar familiares, consular consulares, abogado abogados,
    país países, ley leyes, mes meses, cónyuge cónyuges, niño niños, visa visas,
    permiso permisos, razón razones, petición peticiones, autoridad autoridades,
    luz luces, interés intereses, virgen vírgenes, origen orígenes, margen márgenes,
    crimen crímenes, imagen imágenes, menor menores, legal legales, hogar hogares,
    trámite trámites, beneficio beneficios, lugar lugares, policía policías,
    estudiante estudiantes, hospital hospitales, capaz capaces, feliz felices,
    reloj relojes, rey reyes, papel papeles, error errores, mujer mujeres, año años
"""


@pytest.mark.parametrize("pair", SPANISH_PAIRS.split(","))
def test_spanish_singular_and_plural_meet(pair):
    one, many = pair.split()
    assert stem(one, "es") == stem(many, "es")


@pytest.mark.parametrize(
    "word, stemmed",
    [
        ("H-1Bs", "h1b"),
        ("h1bs", "h1b"),
        ("I‑130’s", "i130"),
        ("F.B.I.", "fbi"),
        ("§§", "section"),
        ("Sec.", "section"),
        ("depor\u00adtation", "deport"),
        ("class", "class"),
    ],
)
def test_spellings_of_a_word_have_one_stem(word, stemmed):
    assert stem(word, "en") == stemmed


def test_a_code_is_one_word_with_any_dash():
    text = "H‑1Bs, I–130’s, EOIR−42B, I-485s, AR-11"
    found = [word for _, _, word in spans(text, "en")]
    assert found == ["h1b", "i130", "eoir42b", "i485", "ar11"]


# Lay words and lawyers' words


@pytest.fixture(scope="module")
def synonyms():
    return Synonyms(default_groups())


@pytest.mark.parametrize(
    "typed, place, others",
    [
        ("my deportation case", "deportation case", ["removal proceedings"]),
        ("green cards", "green cards", ["I-551", "tarjeta verde"]),
        ("stop the deportation", "deportation", ["removal", "expulsion"]),
        ("visa de turista", "visa de turista", ["B-2", "tourist visa"]),
        ("CAT", "CAT", ["convention against torture"]),
        ("permiso de trabajo", "permiso de trabajo", ["I-765", "work permit"]),
    ],
)
def test_lay_words_lead_to_lawyers_words(synonyms, typed, place, others):
    (found,) = synonyms.widened(typed)
    assert found.typed == place == typed[found.start : found.end]
    assert set(others) <= set(found.others) and len(found.others) <= 8
    assert place.casefold() not in map(str.casefold, found.others)


@pytest.mark.parametrize(
    "typed", ["removal", "ice cream", "the perm", "a cat", "", "§"]
)
def test_lawyers_words_and_other_words_lead_nowhere(synonyms, typed):
    assert list(synonyms.widened(typed)) == []


def test_the_asked_language_comes_first(synonyms):
    (english,) = synonyms.widened("deportation", "en")
    (spanish,) = synonyms.widened("deportation", "es")
    assert english.others[0] == "removal" and spanish.others[0] == "deportación"


def test_synonyms_widen_what_is_wanted_and_rank_below_it(synonyms):
    asked = query.parse("deportation hearing", synonyms=synonyms)
    assert ("remov",) in asked.wanted[0] and ("remov",) not in asked.typed[0]
    assert asked.typed == query.parse("deportation hearing").wanted
    for exact in ('"deportation"', "visa -deportation"):
        widened = query.parse(exact, synonyms=synonyms)
        bare = query.parse(exact)
        assert widened.unwanted == bare.unwanted
        assert ("remov",) not in {p for part in widened.wanted for p in part}


def test_what_was_typed_stands_before_its_synonyms(publish, synonyms):
    publish("Typed", summary="Z", body=f"<p>deportation {'filler ' * 60}</p>")
    publish("Removal", summary="Removal", body="<p>removal, expulsion, removal</p>")
    asked = query.parse("deportation", synonyms=synonyms)
    live = Edition.objects.live()
    ids, _ = index.newest(asked, live, 9)
    ranks = index.ranks(asked, ids)
    names = {edition.pk: edition.title for edition in live}
    by_rank = sorted(ids, key=lambda pk: -ranks.get(pk, 0))
    assert [names[pk] for pk in by_rank] == ["Typed", "Removal"]
