"""What any page can tell search engines, as schema.org dictionaries. Pure."""

from collections.abc import Iterable

from django.conf import settings

Node = dict[str, object]


def breadcrumbs(*steps: tuple[str, str]) -> Node:
    """The (name, path) pairs from the front page down, as a BreadcrumbList."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": list(_list_items(steps)),
    }


def _list_items(steps: Iterable[tuple[str, str]]) -> Iterable[Node]:
    for position, (name, path) in enumerate(steps, start=1):
        yield {
            "@type": "ListItem",
            "position": position,
            "name": str(name),
            "item": settings.SITE_URL + path,
        }
