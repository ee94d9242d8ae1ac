"""An article for search engines, as schema.org dictionaries in the page's language."""

from django.conf import settings

from lawblog.site.page_language import gettext as _
from lawblog.site.page_language import localized_path
from lawblog.site.structured_data import Node, breadcrumbs
from offices.models import Firm
from posts.law.affected import keys_named
from posts.models import Edition

from .law import cited, in_one_line, is_law


def article_data(edition: Edition, firm: Firm) -> list[Node]:
    """The article, and where it stands on the site."""
    home = (firm.display_name, localized_path("home"))
    articles = (_("Articles"), localized_path("posts:list"))
    here = (edition.title, edition.get_absolute_url())
    return [blog_posting(edition, firm), breadcrumbs(home, articles, here)]


def blog_posting(edition: Edition, firm: Firm) -> Node:
    """A BlogPosting. Its dates are those that the page shows, the feeds carry and the
    sitemap lists."""
    url = settings.SITE_URL + edition.get_absolute_url()
    publisher = _publisher(firm)
    return {
        "@context": "https://schema.org",
        "@type": "Article" if edition.kind else "BlogPosting",
        "@id": f"{url}#article",
        "mainEntityOfPage": url,
        **_corrections(edition),
        "headline": edition.title,
        "image": settings.SITE_URL + edition.card_url,
        "description": edition.description,
        "inLanguage": edition.language,
        "datePublished": edition.published_on.isoformat(),
        "dateModified": edition.changed_on.isoformat(),
        "author": _author(edition) or publisher,
        "publisher": publisher,
        "keywords": edition.topic_names,
        "isAccessibleForFree": True,
        **_citations(edition),
    }


def _publisher(firm: Firm) -> Node:
    home = f"{settings.SITE_URL}/"
    return {"@type": "Organization", "name": firm.display_name, "url": home}


def _corrections(edition: Edition) -> Node:
    """The notices that the law changed, as corrections."""
    told: list[Node] = [
        {
            "@type": "CorrectionComment",
            "text": in_one_line(notice),
            "datePublished": notice.day.isoformat(),
            "url": notice.source,
        }
        for notice in edition.law_notices
    ]
    return {"correction": told} if told else {}


def _citations(edition: Edition) -> Node:
    found = [
        {
            "@type": "Legislation" if is_law(each.key) else "CreativeWork",
            "name": str(each),
            "url": each.source or settings.SITE_URL + each.get_absolute_url(),
        }
        for each in cited(keys_named(edition))
    ]
    return {"citation": found} if found else {}


def _author(edition: Edition) -> Node | None:
    """The Person whose name the edition carries, if it carries one."""
    if not edition.author_name or not edition.author:
        return None
    return {
        "@type": "Person",
        "name": edition.author_name,
        "url": settings.SITE_URL + edition.author.get_absolute_url(),
    }
