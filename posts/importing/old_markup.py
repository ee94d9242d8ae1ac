"""Cleans up what old blog software writes around a text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lawblog.html.element import HEADINGS, Element
from lawblog.html.left_out import shortened
from lawblog.html.wrapped_links import unwrapped

from .article import Finding

_FURNITURE = re.compile(
    r"\b(?:sharedaddy|jp-relatedposts|addtoany\S*|social-share\S*|share-buttons?"
    r"|post-navigation|comments-area|comment-respond|subscription-widget\S*"
    r"|subscribe-widget|button-wrapper|captioned-button-wrap|wp-block-latest-posts"
    r"|wp-block-search|wp-block-query|wp-block-latest-comments|post-share\S*"
    r"|author-box|wp-block-file__button|breadcrumbs?|skip-link|screen-reader-text|blogger-post-footer)\b"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_FRAMES = {"iframe", "embed", "object", "video", "audio"}
_YOUTUBE = re.compile(r"https?://www\.youtube(?:-nocookie)?\.com/embed/([\w-]+).*")


def drop_furniture(root: Element) -> list[Finding]:
    gone = root.remove(
        lambda e: (
            bool(e.attributes.get("class") and _FURNITURE.search(e.get("class")))
            or e.name == "nav"
        )
    )
    words = [shortened(e.text(), 60) for e in gone if e.text()]
    return [Finding("Part of the old page was left out.", one) for one in words]


def drop_title(root: Element, title: str) -> None:
    """The title once more as the first heading of the text."""
    for element in root.walk():
        if element.name in HEADINGS and (words := element.text()):
            if words.casefold() == " ".join(title.split()).casefold():
                root.remove(lambda e: e is element)  # noqa: B023 - at once
            return
        if element.name in ("p", "li", "td") and element.text():
            return


def straighten_links(root: Element, base: str) -> None:
    for element in root.walk():
        address = element.get("href").strip()
        if element.name != "a" or not address:
            continue
        address = _straight(address, base)
        element.attributes = {**element.attributes, "href": address}


def _straight(address: str, base: str) -> str:
    """A link's own address: whole, without a detour over Google or Facebook; “#x” for
    a place on the same page."""
    try:
        whole = unwrapped(urljoin(base, address) if base else address)
        parts = urlsplit(whole)
    except ValueError:
        return address
    if base and parts.fragment and whole.partition("#")[0] == base.partition("#")[0]:
        return f"#{parts.fragment}"
    return address if address.startswith("#") else whole


def frames_to_links(root: Element) -> Iterator[Finding]:
    """What was shown from elsewhere becomes a link to it."""
    for element in root.walk():
        if element.name not in _FRAMES:
            continue
        holder = element.find(lambda e: bool(e.get("src") or e.get("data")))
        source = (holder.get("src") or holder.get("data")) if holder else ""
        source = "https:" + source if source.startswith("//") else source
        host = urlsplit(source).netloc if source.startswith("http") else ""
        if not host:
            continue
        source = _YOUTUBE.sub(r"https://www.youtube.com/watch?v=\1", source)
        link = Element("a", {"href": source})
        link.children = [element.get("title") or f"Video: {host.removeprefix('www.')}"]
        element.name, element.attributes, element.children = "p", {}, [link]
        yield Finding(
            "What was shown from another site became a link. Does it still lead "
            "somewhere?",
            source,
        )


def link_bare_addresses(root: Element) -> None:
    """An address alone in its paragraph, which old sites showed as a video or card."""
    for element in root.walk():
        if element.name not in ("p", "div", "figure") or len(element.children) != 1:
            continue
        words = element.children[0]
        if isinstance(words, str) and _ADDRESS.fullmatch(address := words.strip()):
            link = Element("a", {"href": address})
            link.children = [address]
            element.children = [link]


def drop_empty_paragraphs(root: Element) -> list[Finding]:
    gone = root.remove(_is_empty)
    return [left_out(len(gone), "empty paragraph")] if gone else []


def _is_empty(element: Element) -> bool:
    return (
        element.name == "p"
        and not element.text().strip("\xa0\u200b\ufeff ")
        and not element.find(lambda e: e.name in ("img", "svg", "math"))
    )


def unwrap_only_paragraphs(root: Element) -> None:
    """An item or cell that holds one paragraph needs none."""
    for item in [e for e in root.walk() if e.name in ("li", "td", "th")]:
        inner = [c for c in item.children if isinstance(c, Element) or c.strip()]
        if len(inner) == 1 and isinstance(inner[0], Element) and inner[0].name == "p":
            item.children = inner[0].children


def drop_usual_direction(root: Element) -> None:
    for element in root.walk():
        if element.get("dir") == "ltr":
            element.attributes = {
                k: v for k, v in element.attributes.items() if k not in ("dir", "lang")
            }


def raise_headings(root: Element) -> None:
    """The highest heading of the text becomes the h2 below the title."""
    headings = [e for e in root.walk() if e.name in HEADINGS and e.text()]
    top = min((int(heading.name[1]) for heading in headings), default=2)
    for heading in headings if top > 2 else ():
        heading.name = f"h{int(heading.name[1]) - top + 2}"


def left_out(number: int, noun: str) -> Finding:
    many = f"{noun} was" if number == 1 else f"{noun}s were"
    return Finding(f"{number} {many} left out.")
