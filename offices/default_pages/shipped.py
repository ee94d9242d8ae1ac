"""Creates the neutral pages of record that every installation starts with."""

from pathlib import Path

import reversion
from django.conf import settings

from offices.models import Page

DEFAULTS = Path(__file__).parent


def default(kind: str, language: str) -> tuple[str, str]:
    """(title, body) as shipped: the file's first line, and the rest. In a language for
    which none is shipped, the title of the first language and no body."""
    path = DEFAULTS / f"{kind}.{language}.html"
    if not path.exists():
        return default(kind, settings.LANGUAGE_CODE)[0], ""
    title, _, body = path.read_text(encoding="utf-8").partition("\n")
    return title, body.strip()


def make_missing() -> None:
    """Makes each page that is missing, and touches no other."""
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
