"""Rewrites links between imported articles to our own addresses."""

import re
from collections.abc import Iterable
from html import escape, unescape
from urllib.parse import unquote, urlsplit

import reversion
from django.db.models import F, QuerySet

from posts.models import ImportLine, OldAddress, Post
from posts.old_addresses.following import best_row
from posts.old_addresses.spelling import keys_of

_LINK = re.compile(r'(<a\b[^>]*? ?href=")([^"]*)(")')


def rewrite() -> int:
    """Lead the links of drafts as they came in to the articles that they mean, whenever
    these came in. A draft that somebody changed since stays as it is. Returns how many
    drafts have other links now."""
    lines = unchanged(ImportLine.objects.all()).select_related("run", "post")
    return sum(_rewrite_one(line, line.post) for line in lines if line.post)


def unchanged(lines: QuerySet[ImportLine]) -> QuerySet[ImportLine]:
    """Those whose draft is as it came in: nobody saved, sent or published it since."""
    return lines.filter(
        kind=ImportLine.MADE,
        post__updated_at=F("saved_at"),
        post__submitted_at=None,
        post__editions=None,
    )


def _rewrite_one(line: ImportLine, post: Post) -> bool:
    hosts = _hosts([line.run.site, *line.old_addresses])

    def lead(match: re.Match[str]) -> str:
        address = unescape(match[2])
        if not (target := _meant(address, hosts)):
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


def _meant(address: str, hosts: set[str]) -> Post | None:
    """The article that a link means, in an article that stood on one of the hosts."""
    parts = _parts(address)
    if parts is None or address.startswith("#"):
        return None
    host, path, query = parts
    if (host and host not in hosts) or (path in ("", "/") and not query):
        return None
    keys = keys_of(path, query)
    rows = OldAddress.objects.filter(key__in=keys, post__isnull=False)
    found = best_row(list(rows.select_related("post")), keys, path)
    return found.post if found else None


def _hosts(addresses: Iterable[str]) -> set[str]:
    found = {parts[0] for a in addresses if (parts := _parts(a))}
    return found - {""}


def _parts(address: str) -> tuple[str, str, str] | None:
    """(host without www., path, query); None for what is not a place of a site."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https"):
        return None
    return host, unquote(parts.path), parts.query
