"""Imports topics, series and glossary terms from our own export, as rows that readers
do not see until the attorney approves them."""

from functools import partial
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field
from django.db.models.functions import Lower

from lawblog.site.translated import OTHER_LANGUAGES
from posts.importing.names_file import ExportedGroup, ExportedNames, ExportedTerm, Texts
from posts.models import Series, Term, Topic

from .own_facts import draft_from, find_or_create

Table = TypeVar("Table", Topic, Series)


@transaction.atomic
def import_names(names: ExportedNames) -> str:
    """Adds what is not here yet; a sentence. What readers see stays as it is."""
    came, left = 0, []
    ways = [
        *((topic.name, partial(_describe, Topic, topic)) for topic in names.topics),
        *((series.name, partial(_describe, Series, series)) for series in names.series),
        *((word.word, partial(_explain, word)) for word in names.words),
    ]
    for name, way in ways:
        try:
            came += way()
        except ValidationError:
            left.append(name)
    told = (
        f"Topics, series and explained words that came along: {came}. Readers see a "
        "topic or series when the attorney approves an article under it, and a word "
        "when the attorney ticks it."
    )
    # A name that cannot be read says nothing.
    unfit = ", ".join(f"“{name}”" for name in left if name)
    return f"{told} Left out, since they do not fit here: {unfit}." if left else told


def _describe(table: type[Table], said: ExportedGroup) -> bool:
    """Whether the topic or series says something that it did not say before."""
    pk = find_or_create(table, said).pk
    # Nobody lets readers see it between the look and the save.
    row = table._base_manager.select_for_update(no_key=True).get(pk=pk)
    if row.is_public or row.description or row.in_other_languages:
        return False
    row.description = said.description
    row.in_other_languages = _fitting(row, said.in_other_languages)
    row.full_clean()
    row.save()
    return True


def _fitting(row: Topic | Series, said: Texts) -> Texts:
    """In the site's languages, the texts that this row has, and no longer ones."""
    found: Texts = {}
    for code in said.keys() & dict(OTHER_LANGUAGES).keys():
        for name in said[code].keys() & set(row.translated):
            field = cast("Field[Any, Any]", row._meta.get_field(name))
            if text := field.clean(said[code][name], row):
                found.setdefault(code, {})[name] = text
    return found


def _explain(said: ExportedTerm) -> bool:
    """Whether the word was not explained here before."""
    there = Term.objects.alias(folded=Lower("term"))
    if there.filter(folded=said.word.lower(), language=said.language).exists():
        return False
    term = Term(
        term=said.word,
        forms=said.forms,
        language=said.language,
        explanation=said.explanation,
        article=draft_from(said.article),
    )
    term.full_clean()
    term.save()
    return True
