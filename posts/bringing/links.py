"""Links between articles that came in lead to our own addresses."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape, unescape
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

import reversion
from django.db.models import F, QuerySet

from posts.models import ImportLine, ImportRun, Post

_LINK = re.compile(r'(<a\b[^>]*? ?href=")([^"]*)(")')
_ENDS = re.compile(r"/(?:index\.(?:html?|php)|amp)?/?$")
# What in a query says which article is meant.
_NUMBERS = ("p", "page_id", "attachment_id")

Place = tuple[str, str]
"""(host without www., path with what counts of its query); the host "" if not told."""


def place_of(address: str) -> Place | None:
    """One Place however the address is spelled; None for what is no place of a site.

    >>> place_of("https://www.old.example/Post/Caf%C3%A9/?utm_source=x#top")
    ('old.example', '/post/café')
    """
    try:
        parts = urlsplit(address)
        scheme, host = parts.scheme, parts.hostname or ""
    except ValueError:
        return None
    if scheme not in ("", "http", "https") or not (host or parts.path or parts.query):
        return None
    path = unquote(parts.path)
    path = _ENDS.sub("", unicodedata.normalize("NFC", path).casefold()) or "/"
    kept = [(k, v) for k, v in parse_qsl(parts.query) if k in _NUMBERS]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return host.removeprefix("www."), path + query


def rewrite(run: ImportRun) -> int:
    """Lead the links of drafts as they came in, of this run and of earlier ones, to the
    articles that they mean. A draft that somebody changed since stays as it is. Returns
    how many drafts have other links now."""
    known = _known()
    changed = 0
    for line in unchanged(ImportLine.objects.all()).select_related("run", "post"):
        if line.post and _rewrite_one(line, line.post, known):
            changed += 1
    return changed


def unchanged(lines: QuerySet[ImportLine]) -> QuerySet[ImportLine]:
    """Those whose draft is as it came in: nobody saved, sent or published it since."""
    return lines.filter(
        kind=ImportLine.MADE,
        post__updated_at=F("saved_at"),
        post__submitted_at=None,
        post__editions=None,
    )


def _known() -> dict[Place, int]:
    """{place on the old site: number of our article}, the latest import first."""
    lines = ImportLine.objects.exclude(post=None).exclude(old_addresses=[])
    found: dict[Place, int] = {}
    for line in lines.select_related("run").order_by("-pk").iterator():
        for place in _places(line.old_addresses, line.run.site):
            found.setdefault(place, line.post_id or 0)
    return found


def _places(addresses: Iterable[str], site: str) -> Iterator[Place]:
    for address in addresses:
        place = place_of(urljoin(site, address))
        # The home page is no article's.
        if place and place[1] != "/":
            yield place


def _rewrite_one(line: ImportLine, post: Post, known: dict[Place, int]) -> bool:
    hosts = {place[0] for place in _places(line.old_addresses, line.run.site)}

    def lead(match: re.Match[str]) -> str:
        address = unescape(match[2])
        number = _meant(address, hosts, known)
        if not number or not (target := Post.objects.filter(pk=number).first()):
            return match[0]
        fragment = urlsplit(address).fragment
        there = target.get_absolute_url() + (f"#{fragment}" if fragment else "")
        return f"{match[1]}{escape(there)}{match[3]}"

    body = _LINK.sub(lead, post.body)
    if body == post.body:
        return False
    # The type of the field says nothing of the text in it.
    setattr(post, "body", body)  # noqa: B010
    with reversion.create_revision():
        post.save()
    ImportLine.objects.filter(pk=line.pk).update(saved_at=post.updated_at)
    return True


def _meant(address: str, hosts: set[str], known: dict[Place, int]) -> int | None:
    """The article that a link of an article from one of these hosts means."""
    if address.startswith("#") or not (place := place_of(address)):
        return None
    host, path = place
    tried = [place, *((other, path) for other in sorted(hosts) if not host)]
    # Where the file does not tell its own host, any path of its own will do.
    if host in hosts or not host:
        tried.append(("", path))
    return next((known[one] for one in tried if one in known), None)
