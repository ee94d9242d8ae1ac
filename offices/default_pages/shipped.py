"""The neutral pages of record that every installation starts with."""

from pathlib import Path

import reversion
from django.conf import settings

from offices.models import Page

DEFAULTS = Path(__file__).parent


def default(kind, language):
    """(title, body) as shipped: the file's first line, and the rest."""
    text = (DEFAULTS / f"{kind}.{language}.html").read_text(encoding="utf-8")
    title, _, body = text.partition("\n")
    return title, body.strip()


def make_missing():
    """Makes each page that is not there. One that is there stays as it is."""
    have = set(Page.objects.values_list("kind", "language"))
    # Recorded, so that the first edit can be compared with what was shipped.
    with reversion.create_revision():
        for kind in Page.Kind.values:
            for language, _ in settings.LANGUAGES:
                if (kind, language) not in have:
                    title, body = default(kind, language)
                    Page.objects.create(
                        kind=kind, language=language, title=title, body=body
                    )
