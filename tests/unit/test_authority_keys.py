"""Keys of authorities: what covers what, what people call them, where they stand."""

from functools import cache
from pathlib import Path

import pytest
from test_citations import BESIDE, own

from posts.authorities import ancestors, citations, covers, ina, is_key, label_of
from posts.authorities.keys import KINDS
from posts.authorities.names import act_name, name_of
from posts.authorities.official_sources import source
from posts.authorities.spelling import key_of

TABLE = next(filter(Path.exists, (law / "ina-usc.tsv" for law in BESIDE)), None)


@cache
def named_keys() -> list[str]:
    return sorted({one.key for text, _ in own() for one in citations(text)})


@pytest.mark.parametrize(
    "parent, child, expected",
    [
        ("usc.8.1182", "usc.8.1182.a.9.B", True),
        ("usc.8.1182.a.9", "usc.8.1182.a.9", True),
        ("usc.8.1182.a.9.B", "usc.8.1182.a.9", False),
        ("usc.8.1324", "usc.8.1324a", False),
        ("usc.8.1182.a", "usc.8.1182.aa", False),
        ("cfr.8.214", "cfr.8.214.2.h", True),
        ("form.I-130", "form.I-130A", False),
        ("pm.7", "pm.7.B.2", True),
        ("ia.26.884", "matter.dhanasar", True),
        ("matter.dhanasar", "ia.26.884", True),
        ("matter.a-b-", "ia.28.307", False),
    ],
)
def test_a_parent_covers_its_children(parent: str, child: str, expected: bool) -> None:
    assert covers(parent, child) is expected


@pytest.mark.parametrize(
    "key, expected",
    [
        ("usc.8.1182.a.9", ["usc.8.1182.a", "usc.8.1182"]),
        ("usc.8.1182", []),
        ("cfr.8.214.2.h", ["cfr.8.214.2", "cfr.8.214"]),
        ("ina.405", []),
        ("form.I-130", []),
        ("pm.7.B.2", ["pm.7.B", "pm.7"]),
        ("rep.us.559.356", []),
    ],
)
def test_ancestors_are_the_nearest_first_and_whole(key: str, expected: list) -> None:
    assert ancestors(key) == expected
    assert all(covers(above, key) for above in ancestors(key))


def test_a_key_is_found_again_by_whatever_it_is_called() -> None:
    found = {}
    for key in named_keys():
        assert is_key(key)
        called = [name_of(key), name_of(key, "es"), act_name(key) or key]
        # "visa F1" is what people call an F-1.
        called += [] if key in ("visa.F1", "visa.F3", "visa.F4") else [label_of(key)]
        found |= {(key, name): key_of(name) for name in called}
    assert {asked: key for asked, key in found.items() if key != asked[0]} == {}


def test_the_set_has_a_key_of_every_sort() -> None:
    assert {key.partition(".")[0] for key in named_keys()} == set(KINDS)


@pytest.mark.parametrize(
    "text",
    [
        *("", "usc", "usc.8", "usc.8.", "form.130", "usc.8.1182.", "usc.8.1182..a"),
        *("usc.8.1182.a\n", "x.1", "form.I-130/../", "usc." + "8" * 500, "visa.<b>"),
    ],
)
def test_what_is_no_key_says_so_in_a_sentence(text: str) -> None:
    assert not is_key(text)
    with pytest.raises(ValueError, match="is not the key of an authority"):
        label_of(text)
    assert source("rep.us.559.356") is None


@pytest.mark.parametrize(
    "query, key",
    [
        ("INA 212(a)(9)(B)", "usc.8.1182.a.9.B"),
        ("ina 212(a)(9)(b)", "usc.8.1182.a.9.B"),
        ("212a9b", "usc.8.1182.a.9.B"),
        ("212 a 9 b", "usc.8.1182.a.9.B"),
        ("INA § 101(a)(15)(H)(i)(b)", "usc.8.1101.a.15.H.i.b"),
        ("8 usc 1357 g", "usc.8.1357.g"),
        ("8cfr214.2h", "cfr.8.214.2.h"),
        ("sección 212(h) de la INA", "usc.8.1182.h"),
        ("section 212", "usc.8.1182"),
        ("212", "usc.8.1182"),
        ("287g", "usc.8.1357.g"),
        ("240A(b)", "usc.8.1229b.b"),
        ("240a", None),
        ("i485", "form.I-485"),
        ("I 485", "form.I-485"),
        ("form 485", "form.I-485"),
        ("485", "form.I-485"),
        ("601a", "form.I-601A"),
        ("I\u20111\xad30s", "form.I-130"),
        ("eoir 33", "form.EOIR-33"),
        ("h1b", "visa.H-1B"),
        ("visa u", "visa.U"),
        ("tps", "status.TPS"),
        ("matter of dhanasar", "matter.dhanasar"),
        ("usc.8.1357.g", "usc.8.1357.g"),
        ("INA 999", None),
        ("316 days", None),
        ("asylum", None),
        ("", None),
        ("§" * 10_000, None),
        ("\ud800\x00", None),
    ],
)
def test_an_authority_is_known_by_any_spelling(query: str, key: str | None) -> None:
    assert key_of(query) == key


@pytest.mark.parametrize(
    "key, address",
    [
        (
            "usc.8.1357.g",
            "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title8-"
            "section1357&num=0&edition=prelim",
        ),
        (
            "cfr.8.214.2.h",
            "https://www.ecfr.gov/current/title-8/section-214.2#p-214.2(h)",
        ),
        ("cfr.8.106", "https://www.ecfr.gov/current/title-8/part-106"),
        ("form.I-130", "https://www.uscis.gov/i-130"),
        ("form.EOIR-33", None),
        ("form.I-862", None),
        ("fr.89.6194", "https://www.federalregister.gov/citation/89-FR-6194"),
        ("eo.14160", "https://www.federalregister.gov/executive-order/14160"),
        ("publ.104-208", "https://www.govinfo.gov/link/plaw/104/public/208"),
        ("publ.99-603", None),
        ("pm.7.B", "https://www.uscis.gov/policy-manual/volume-7-part-b"),
        (
            "pm.7.B.2",
            "https://www.uscis.gov/policy-manual/volume-7-part-b-chapter-2",
        ),
        ("ia.26.884", "https://www.justice.gov/eoir/volume-26"),
        ("rep.us.559.356", None),
        ("proc.10949", None),
        ("visa.H-1B", None),
        ("ina.405", None),
        ("nonsense", None),
        ("usc.8", None),
    ],
)
def test_an_official_source_is_linked_where_there_is_one(
    key: str, address: str | None
) -> None:
    assert source(key) == address


def test_a_form_is_linked_in_the_readers_language() -> None:
    assert source("form.N-400", "es") == "https://www.uscis.gov/es/n-400"


@pytest.mark.parametrize(
    "key, english, spanish",
    [
        ("usc.8.1357.g", "8 U.S.C. § 1357(g)", "8 U.S.C. § 1357(g)"),
        ("cfr.8.106", "8 C.F.R. part 106", "8 C.F.R. parte 106"),
        ("form.I-130", "Form I-130", "Formulario I-130"),
        ("visa.H-1B", "H-1B visa", "Visa H-1B"),
        ("visa.F2A", "F2A preference category", "Categoría de preferencia F2A"),
        ("matter.a-b-", "Matter of A-B-", "Matter of A-B-"),
        ("rep.us.559.356", "559 U.S. 356", "559 U.S. 356"),
        ("eo.14160", "Executive Order 14160", "Orden Ejecutiva 14160"),
    ],
)
def test_readers_are_told_a_name_in_their_language(
    key: str, english: str, spanish: str
) -> None:
    assert (name_of(key), name_of(key, "es")) == (english, spanish)
    assert name_of(key, "ar") == english


def test_the_acts_sections_are_where_the_code_has_them() -> None:
    assert act_name("usc.8.1357.g") == "INA 287(g)"
    assert act_name("usc.8.1254a") == "INA 244"
    assert act_name("usc.18.1546") is None and act_name("form.I-130") is None
    if not TABLE:
        pytest.skip("the table of the Act's sections is not beside this project")
    for row in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        number, title, section, status, *_ = row.split("\t")
        if status in ("current", "repealed"):
            assert (title, ina.USC_OF[number]) == ("8", section)
