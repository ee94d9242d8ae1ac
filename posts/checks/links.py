"""Checks that links to our own pages lead to something public."""

from collections.abc import Callable, Iterator
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings

from lawblog.html.excerpts import excerpts

from .finding import MUST, Finding, around

NOWHERE = "leads to no page that readers can open."
# Of two that link to each other, as imported ones may, one has to go first.
AWAITED = (
    "leads to an article that readers cannot open yet. Publish that one first, or put "
    "this link in afterwards."
)


def broken_links(
    body: str,
    article_path: str,
    is_public: Callable[[str], bool],
    is_awaited: Callable[[str], bool],
) -> Iterator[Finding]:
    """Findings for links in cleaned HTML to paths of ours that lead nowhere.

    article_path: the article's own, which may be linked to before it is live.
    is_public: says of a path whether readers can open it (posts/public/paths.py);
    is_awaited: whether an article is to come there.
    """
    known: dict[str, bool] = {}
    for block in excerpts(body):
        for text, address in block.links:
            path = own_path(address, article_path)
            if path is None or path == article_path:
                continue
            if path not in known:
                known[path] = is_public(path)
            if not known[path]:
                words = AWAITED if is_awaited(path) else NOWHERE
                sentence = f"The link to {path} {words}"
                yield Finding(MUST, sentence, around(text), block.number)


def own_path(address: str, article_path: str) -> str | None:
    """The path on this site that a link leads to, or None for other places."""
    try:
        parts = urlsplit(urljoin(settings.SITE_URL + article_path, address))
    except ValueError:
        return None
    site = urlsplit(settings.SITE_URL)
    return (unquote(parts.path) or "/") if parts.netloc == site.netloc else None
