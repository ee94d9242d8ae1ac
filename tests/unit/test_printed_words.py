"""Every field of words that could be printed says who lets it through."""

import re

import pytest
from django.apps import apps
from django.db import models
from helpers.served import ROOT

TABLE = re.compile(r"^\| `(\w+)\.(\w+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = TABLE.findall((ROOT / "docs/words.md").read_text())
WORDS = (models.CharField, models.TextField, models.JSONField)
# Of the desk alone, or numbers beside an edition.
OF_THE_DESK = {"Post", "Review", "PreviewLink", "ArticleCount", "EditionPicture"}
OF_THE_DESK |= {"EditionTopic", "OfficeHours", "LawChange", "OldAddress"}
OF_THE_DESK |= {"ImportRun", "ImportPiece", "ImportLine", "DraftFinding"}
OF_THE_DESK |= {"PassageNote", "PostPicture"}
PRINTERS = [
    *(ROOT / "templates/public").rglob("*.*"),
    *(ROOT / "posts/public").glob("*.py"),
    *(ROOT / "offices/public").glob("*.py"),
    *(ROOT / "lawblog/site").glob("*.py"),
]


def fields_of_words():
    for app in ("posts", "offices"):
        for model in apps.get_app_config(app).get_models():
            if model.__name__ in OF_THE_DESK:
                continue
            for field in model._meta.concrete_fields:
                if isinstance(field, WORDS):
                    yield model.__name__, field.name


def test_each_field_of_words_has_one_row_and_each_row_a_field():
    named = [(model, field) for model, field, *_ in ROWS]
    assert sorted(named) == sorted(fields_of_words())


@pytest.mark.parametrize(
    "field", [field for _, field, _, gate in ROWS if gate == "not printed"]
)
def test_what_is_not_printed_stands_in_nothing_that_prints(field):
    # A digest is also a key of what is remembered; no template shows it.
    paths = [p for p in PRINTERS if field != "digest" or p.suffix != ".py"]
    found = [p for p in paths if re.search(rf"\.{field}\b", p.read_text())]
    assert [str(p.relative_to(ROOT)) for p in found] == []


def test_templates_print_the_rows_of_no_other_model():
    """A name that templates reach into is one of the table's, or of what holds them."""
    text = "\n".join(p.read_text() for p in (ROOT / "templates/public").rglob("*.html"))
    assert not re.search(r"\b(?:post|draft|review|preview_link)\.\w", text)


def test_each_gate_is_one_that_there_is():
    gates = {re.split("[:,]", gate)[0].strip() for *_, gate in ROWS}
    assert gates == {"attorney", "staff", "shipped", "not printed"}
