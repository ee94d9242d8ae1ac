"""Explained words match the word that is meant."""

import re
from dataclasses import dataclass

import pytest

from posts.reading import read
from posts.reading.glossary import fold


@dataclass(frozen=True)
class Word:
    all_forms: tuple


def linked(text: str, *terms: str) -> list[str]:
    words = [Word(tuple(term.split(", "))) for term in terms]
    html = read(f"<p>{text}</p>", words).html
    return re.findall(r'<a class="term"[^>]*>(.*?)</a>', html)


@pytest.mark.parametrize(
    "text, term, found",
    [
        ("Bring ice water; later, ICE may appear.", "ICE", ["ICE"]),
        ("A perm is not needed, PERM is.", "PERM", ["PERM"]),
        ("Ice and iCE are cold.", "ICE", []),
        ("ICE’s agents and ICE.", "ICE", ["ICE’s"]),
        ("ICE's agents", "ICE", ["ICE's"]),
        ("Many TPSs ended.", "TPS", ["TPSs"]),
        ("H-1Bs came", "H-1B", ["H-1Bs"]),
        ("H‑1B came", "H-1B", ["H‑1B"]),
        ("H–1Bs came", "H-1B", ["H–1Bs"]),
        ("H1B came", "H-1B", ["H1B"]),
        ("H-1B came", "H1B, h", []),
        ("h-1b came", "H-1B", []),
        ("h-1b came", "H-1B, h-1b", ["h-1b"]),
        ("The F.B.I. came.", "FBI", ["F.B.I."]),
        ("The FBI came.", "F.B.I.", ["FBI"]),
        ("The FBI.", "FBI", ["FBI"]),
        ("Give us time in the US.", "US", ["US"]),
        ("The U.S. and us", "US", ["U.S."]),
        ("I-130A and I-130", "I-130", ["I-130"]),
        ("I-130A", "I-130", []),
        ("The F.B.I. and the I&amp;N Dec.", "I&N", ["I&amp;N"]),
        ("an ice detainer, an ICE Detainer", "ICE detainer", ["ICE Detainer"]),
        ("ICE DETAINER", "ICE detainer", ["ICE DETAINER"]),
        ("two ICE detainers", "ICE detainer", ["ICE detainers"]),
        ("an ICE detainer", "ICE detainers", []),
        ("two ice detainers", "ICE detainer", []),
        ("the visa bulletin", "Visa Bulletin", ["visa bulletin"]),
        ("THE VISA BULLETIN", "Visa Bulletin", ["VISA BULLETIN"]),
        ("ON PAROLE", "parole", ["PAROLE"]),
        ("NON-IMMIGRANT", "non-immigrant", ["NON-IMMIGRANT"]),
        ("a non‑immigrant, a non‐immigrant", "immigrant", []),
        ("non–immigrant", "immigrant", ["immigrant"]),
        ("a non‑immigrant, a non-immigrant", "non-immigrant", ["non‑immigrant"]),
        ("a non-immigrant", "non‐immigrant", ["non-immigrant"]),
        ("in EE. UU. and EE. UU.", "EE. UU.", ["EE. UU."]),
        ("in EE.UU. or EEUU", "EE.UU.", ["EE.UU."]),
        ("in EEUU", "EE.UU.", ["EEUU"]),
        ("EOIR-33/IC", "EOIR-33", ["EOIR-33"]),
        ("police, notice, service", "ICE", []),
    ],
)
def test_a_word_is_matched_as_it_is_meant(text, term, found):
    assert linked(text, term) == found


def test_the_first_true_use_is_marked_of_two_words_in_the_same_letters():
    assert linked("ice, ICE and Ice", "ICE", "ice") == ["ice", "ICE"]


def test_a_heading_or_link_is_passed_over_for_the_first_use_in_the_text():
    body = '<h2>ICE</h2><p>ice <a href="/">ICE</a> ICE ICE</p>'
    html = read(body, [Word(("ICE",))]).html
    assert re.findall("ICE</a> <a [^>]*>(.*?)</a> ICE", html) == ["ICE"]


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("H-1B", "H1Bs", True),
        ("H‑1B", "H–1B", True),
        ("F.B.I.", "FBI", True),
        ("ICE", "ICE’s", True),
        ("ICE", "ice", False),
        ("Parole", "parole", True),
        ("asílo", "asi\u0301lo", True),
        ("green  card", "Green card", True),
        ("I-130", "I-130A", False),
    ],
)
def test_forms_that_mean_the_same_word_are_compared_alike(one, other, same):
    assert (fold(one) == fold(other)) is same


def test_a_term_in_another_spelling_is_explained_already(db):
    from django.core.exceptions import ValidationError

    from posts.models import Term

    Term.objects.create(term="H-1B", explanation="A visa.")
    with pytest.raises(ValidationError, match="explained already, under “H-1B”"):
        Term(term="Work visa", forms="H1Bs", explanation="A.").full_clean()
    Term.objects.create(term="ICE", explanation="An agency.")
    Term(term="Cold water", forms="ice", explanation="A.").full_clean()


@pytest.mark.slow
def test_many_words_are_found_in_a_long_text_without_trying_each_at_each_place():
    words = [Word((f"WORD-{n}A", f"word {n}")) for n in range(500)]
    text = "<p>" + "".join(f"WORD‑{n}As filler word " for n in range(500)) + "</p>"
    assert len(read(text, words).terms) == 500
