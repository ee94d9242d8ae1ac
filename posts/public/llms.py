"""llms.txt (llmstxt.org): what the site holds, for programs that read text. Pure."""

import re
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse

from lawblog.site.page_language import use_language
from offices.models import Firm, Office
from posts.models import Edition, Kind

from .law import in_one_line

_MARKS = re.compile(r"([\\\[\]*_`<>#])")


NAMES = {Kind.CARD: "What to do right now", Kind.GUIDE: "Guides", None: "Articles"}


def plain(text: str) -> str:
    """One line in which Markdown sees no marks of its own."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def link(name: str, path: str, notes: str = "") -> str:
    line = f"- [{plain(name)}]({settings.SITE_URL}{path})"
    return f"{line}: {plain(notes)}" if notes else line


def llms(firm: Firm, offices: Iterable[Office], editions: Sequence[Edition]) -> str:
    """The text of llms.txt; `editions` are live ones, in the order to be listed."""
    lines = [f"# {plain(firm.display_name)}", ""]
    lines += [f"> {plain(firm.tagline or firm.article_notice)}"]
    if firm.tagline:
        lines += ["", plain(firm.article_notice)]
    lines += ["", "## Offices", ""]
    for office in offices:
        place = f"{office.street_line}, {office.city_line}"
        lines.append(link(office.name, office.get_absolute_url(), place))
    optional = [link("Sitemap", reverse("sitemap"))]
    for code, language in settings.LANGUAGES:
        for kind, name in NAMES.items():
            written = [e for e in editions if (e.language, e.kind) == (code, kind)]
            if written:
                lines += ["", f"## {name} ({language})", "", *map(article, written)]
        with use_language(code):
            optional.append(link(f"JSON Feed ({language})", reverse("feed-json")))
    lines += ["", "## Optional", "", *optional]
    return "\n".join([*lines, ""])


def article(edition: Edition) -> str:
    with use_language(edition.language):
        told = [*map(in_one_line, edition.law_notices), edition.description]
    return link(edition.title, edition.get_absolute_url(), " ".join(told))
