"""Which addresses of the site an answer leads to. Pure."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

# Our own pages: every value stands in double quotes.
IN_HTML = re.compile(r'(?:href|src)="([^"]*)"|content="(https?:[^"]*)"')
SRCSET = re.compile(r'srcset="([^"]*)"')
IN_XML = re.compile(r'<(?:loc|link|url)>([^<]+)<|href="([^"]*)"')
IN_CSS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
PAGE_NUMBER = re.compile(r"page=[1-9]\d*")
# The desk, and drafts that were shown to one person.
NOT_PUBLIC = re.compile(r"/(?:admin|preview|healthz|readyz)(?:/|$)")
PATTERNS = {"text/html": IN_HTML, "text/css": IN_CSS}


def reads(kind: str) -> bool:
    """Whether a type of content may name addresses."""
    return kind in PATTERNS or "xml" in kind


def links(kind: str, text: str, base: str, site: str) -> set[str]:
    """Addresses like "/posts/?page=2" that a text of this type names. base: its own
    address; site: the site's, like "https://www.example.com"."""
    pattern = PATTERNS.get(kind, IN_XML if "xml" in kind else None)
    if not pattern:
        return set()
    named = ["".join(match.groups("")) for match in pattern.finditer(text)]
    if pattern is IN_HTML:
        sets = ",".join(SRCSET.findall(text)).split(",")
        named += [one.split()[0] for one in sets if one.strip()]
    return set(addresses(map(unescape, named), base, site))


def addresses(values: Iterable[str], base: str, site: str) -> Iterator[str]:
    """Those that are the site's own and public."""
    for value in values:
        try:
            found = urlsplit(urljoin(f"{site}{base}", value.strip()))
        except ValueError:
            continue
        if f"{found.scheme}://{found.netloc}" != site:
            continue
        path = found.path or "/"
        if NOT_PUBLIC.match(path) or not is_kept(found.query):
            continue
        yield f"{path}?{found.query}" if found.query else path


def is_kept(query: str) -> bool:
    """Searches are not kept: what could be asked has no end."""
    return not query or bool(PAGE_NUMBER.fullmatch(query))
