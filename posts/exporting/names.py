"""Exports topics, series and glossary terms, in each language."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from posts.importing.names_file import FORMAT, NAMES_FILE
from posts.models import Series, Term, Topic
from posts.models.term import add_articles

from .articles import write_text


def write(folder: Path) -> str:
    found = {
        "format": FORMAT,
        "topics": [facts_of(topic) for topic in Topic.objects.order_by("slug")],
        "series": [facts_of(series) for series in Series.objects.order_by("slug")],
        "words": words(),
    }
    write_text(
        folder / NAMES_FILE, json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    )
    return (
        f"{NAMES_FILE}: what {len(found['topics']):,} topics, {len(found['series']):,} "
        f"series and {len(found['words']):,} explained words say."
    )


def facts_of(row: Topic | Series) -> dict[str, Any]:
    return {
        "name": row.name,
        "address": row.slug,
        "description": row.description,
        "in_other_languages": row.in_other_languages,
        "readers_see_it": row.is_public,
    }


def words() -> list[dict[str, Any]]:
    return [
        {
            "word": term.term,
            "forms": term.forms,
            "language": term.language,
            "explanation": term.explanation,
            "article": term.more and settings.SITE_URL + term.more.get_absolute_url(),
            "readers_see_it": term.is_public,
        }
        for term in add_articles(list(Term.objects.order_by("language", "term")))
    ]
