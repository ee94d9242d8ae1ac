"""Crawls the public site, from its entry pages to whatever they link to."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urljoin

from django.conf import settings

from lawblog.site.page_language import path_to, use_language

from .links import addresses, links, reads
from .site_client import Answer, ask

# What no page links to. The first two are the page for an address that leads nowhere.
UNLINKED = """
    / /sitemap.xml /robots.txt /llms.txt /favicon.ico /apple-touch-icon.png
""".split()
NO_PAGE = "no-page-has-this-address/"


def beginnings() -> list[str]:
    """Where a walk begins; also an address that leads nowhere, in each language."""
    homes = []
    for code, _ in settings.LANGUAGES:
        with use_language(code):
            homes.append(path_to(code, "home"))
    return [*UNLINKED, *homes, *(home + NO_PAGE for home in homes)]


def walk(
    also: Iterable[str] = (), asking: Callable[[str], Answer] = ask
) -> Iterator[tuple[str, Answer]]:
    """(address, answer) of every public address, each once. also: addresses that may
    have lost what linked to them."""
    waiting = deque(dict.fromkeys([*beginnings(), *also]))
    seen = set(waiting)
    while waiting:
        address = waiting.popleft()
        answer = asking(address)
        yield address, answer
        for found in sorted(_leads_to(address, answer) - seen):
            seen.add(found)
            waiting.append(found)


def _leads_to(address: str, answer: Answer) -> set[str]:
    site = settings.SITE_URL
    if location := answer.header("Location"):
        return set(addresses([urljoin(site + address, location)], address, site))
    if not reads(answer.kind):
        return set()
    text = answer.body.decode("utf-8", errors="replace")
    return links(answer.kind, text, address, site)
