"""A capture as files that open in a browser without a server: links lead from file to
file. The pages need no script, so that plain files do."""

import html
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from . import store
from .manifest import Manifest, Seen
from .site_client import Answer

LINK = re.compile(r'((?:href|src|srcset)=")([^"]*)(")')
IN_CSS = re.compile(r"(url\(\s*[\"']?)([^\"')]+)")
BODY = re.compile(r"<body[^>]*>")
# What a folder's own page ends with, by type of content; else ".xml", a feed.
ENDINGS = {"text/html": ".html", "application/feed+json": ".json"}


def files(found: Manifest) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each address that was answered with 200."""
    there = names(found)
    for url, name in there.items():
        yield name, content(found, url, there)


def names(found: Manifest) -> dict[str, str]:
    """{address: its file's name} of each address that was answered with 200."""
    return {
        url: file_of(seen) for url, seen in found.seen.items() if seen["status"] == 200
    }


def content(found: Manifest, url: str, there: dict[str, str]) -> bytes:
    """The file of an address, whose links lead to the others. ValueError where the
    payload is spoilt."""
    body, kind = store.payload(found.seen[url]["sha256"]), kind_of(found.seen[url])
    if kind == "text/html":
        return _page(body.decode(), found, url, there).encode()
    if kind == "text/css":
        return _relative(IN_CSS, body.decode(), url, there).encode()
    return body


def file_of(seen: Seen) -> str:
    url = urlsplit(seen["url"])
    return file_named(url.path, url.query, kind_of(seen))


def file_named(path: str, query: str, kind: str) -> str:
    """A file's name for an address and the type of its content: "posts/index.html",
    "posts/index-page-2.html"."""
    path = path.lstrip("/")
    if not path or path.endswith("/"):
        path += "index" + ENDINGS.get(kind, ".xml")
    if query:
        stem, ending = posixpath.splitext(path)
        path = f"{stem}-{query.replace('=', '-')}{ending}"
    return path


def kind_of(seen: Seen) -> str:
    return Answer(seen["status"], seen["headers"], b"").kind


def _page(text: str, found: Manifest, url: str, there: dict[str, str]) -> str:
    note = (
        f"<p><strong>Copy for reading.</strong> {html.escape(url)} as it was on "
        f"{found.about['at']}; the proof is the payload with the SHA-256 "
        f"{found.seen[url]['sha256']}.</p>"
    )
    text = _relative(LINK, text, url, there)
    return BODY.sub(lambda body: body[0] + note, text, count=1)


def _relative(pattern: re.Pattern, text: str, url: str, there: dict[str, str]) -> str:
    folder = posixpath.dirname(there[url])

    def replaced(match: re.Match[str]) -> str:
        before, value, *after = match.groups()
        if " " in value.strip():
            parts = [part.split() for part in value.split(",") if part.strip()]
            value = ", ".join(" ".join([lead(p[0]), *p[1:]]) for p in parts)
        else:
            value = lead(value)
        return "".join([before, value, *after])

    def lead(value: str) -> str:
        goal, fragment = urldefrag(urljoin(url, html.unescape(value)))
        if goal not in there:
            return value
        relative = posixpath.relpath(there[goal], folder or ".")
        return html.escape(relative + (f"#{fragment}" if fragment else ""))

    return pattern.sub(replaced, text)
