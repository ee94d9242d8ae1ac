"""The body of any source → our own blocks, its pictures and links, and what is to be
said of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urljoin, urlsplit

from lawblog.html.characters import printable
from lawblog.html.cleaning import clean_tree
from lawblog.html.element import BLOCKS, HEADINGS, Element
from lawblog.html.leftout import (
    COMMENT,
    DELETED,
    HIDDEN,
    STRUCK,
    LeftOut,
    sentences,
    shortened,
)
from lawblog.html.tree import parse

from .article import Finding, Found, Link, Picture
from .pictures import Gallery

_FURNITURE = re.compile(
    r"\b(?:sharedaddy|jp-relatedposts|addtoany\S*|social-share\S*|share-buttons?"
    r"|post-navigation|comments-area|comment-respond|subscription-widget\S*"
    r"|subscribe-widget|button-wrapper|captioned-button-wrap|wp-block-latest-posts"
    r"|wp-block-search|wp-block-query|wp-block-latest-comments|post-share\S*"
    r"|author-box|breadcrumbs?|skip-link|screen-reader-text|blogger-post-footer)\b"
)
_FRAMES = {"iframe", "embed", "object", "video", "audio"}
_PASSAGES = {
    COMMENT: "A comment was left out.",
    DELETED: "A passage that was marked as deleted was left out.",
    STRUCK: "A struck passage was left out.",
    HIDDEN: "A hidden passage was left out.",
}
_YOUTUBE = re.compile(r"https?://www\.youtube(?:-nocookie)?\.com/embed/([\w-]+).*")
_REDIRECTS = {"www.google.com": ("/url", "q"), "l.facebook.com": ("/l.php", "u")}
_FINISHED = re.compile(r"""[.!?…:)\]]["'”’)\]]*$""")
_VAGUE = set(
    "click here|here|read more|more|learn more|this link|link|see more|haga clic aquí"
    "|haga clic aqui|clic aquí|aquí|aqui|leer más|más|ver más|pulse aquí".split("|")
)
_NOTE = re.compile(r"\[\[.*?\]\]")
_MOJIBAKE = re.compile(r"Ã[©±³¡\xad­º¼‘“]|â€[™œ“”\x9d˜¦]|Â[ \xa0¿¡§]|ï¿½|\ufffd")


class Body(NamedTuple):
    """text: all words; opening: those of its paragraphs, without notes."""

    html: str
    text: str
    opening: str
    pictures: tuple[Picture, ...]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]


def build(found: Found) -> Body:
    """The body of what a parser found."""
    root, findings = parse(printable(found.html)), []
    findings += _drop_furniture(root)
    _drop_title(root, found.title)
    _straighten_links(root, found.base)
    findings += _frames_to_links(root)
    gallery = Gallery(found)
    findings += _take_pictures(root, gallery)
    findings += _drop_empty_paragraphs(root)
    _raise_headings(root)
    findings += [
        Finding("A paragraph all in bold. Is it a heading?", element.text())
        for element in root.walk()
        if element.name == "p" and _is_all_bold(element)
    ]
    cleaned = clean_tree(root, split=True)
    findings += _left_out(cleaned.left_out)
    tree = parse(cleaned.html)
    findings += _doubts(tree)
    links = tuple(_links(tree))
    paragraphs = " ".join(e.text() for e in tree.walk() if e.name == "p")
    return Body(
        cleaned.html,
        tree.text(),
        _NOTE.sub("", paragraphs),
        tuple(gallery.pictures),
        links,
        tuple(findings),
    )


def _drop_furniture(root: Element) -> list[Finding]:
    gone = root.remove(
        lambda e: (
            bool(e.attributes.get("class") and _FURNITURE.search(e.get("class")))
            or e.name == "nav"
        )
    )
    words = [shortened(e.text(), 60) for e in gone if e.text()]
    return [Finding("Part of the old page was left out.", one) for one in words]


def _drop_title(root: Element, title: str) -> None:
    """The title once more as the first heading of the text."""
    for element in root.walk():
        if element.name in HEADINGS and (words := element.text()):
            if words.casefold() == " ".join(title.split()).casefold():
                root.remove(lambda e: e is element)  # noqa: B023 - at once
            return
        if element.name in ("p", "li", "td") and element.text():
            return


def _straighten_links(root: Element, base: str) -> None:
    for element in root.walk():
        address = element.get("href").strip()
        if element.name != "a" or not address:
            continue
        address = straight(address, base)
        element.attributes = {**element.attributes, "href": address}


def straight(address: str, base: str) -> str:
    """A link's own address: whole, without a detour over Google or Facebook; “#x” for
    a place on the same page."""
    try:
        whole = urljoin(base, address) if base else address
        parts = urlsplit(whole)
        path, key = _REDIRECTS.get(parts.netloc, ("", ""))
        if path and parts.path == path:
            return parse_qs(parts.query).get(key, [whole])[0]
    except ValueError:
        return address
    if base and parts.fragment and whole.partition("#")[0] == base.partition("#")[0]:
        return f"#{parts.fragment}"
    return address if address.startswith("#") else whole


def _frames_to_links(root: Element) -> Iterator[Finding]:
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


def _take_pictures(root: Element, gallery: Gallery) -> Iterator[Finding]:
    found = gallery.found
    _drop_doubles_of_lazy_pictures(root)
    pixels = root.remove(_is_pixel)
    if pixels:
        yield Finding(f"{_many(len(pixels), 'counting pixel')} left out.")
    for element in root.walk():
        if element.name == "img":
            gallery.take(element)
    if found.cover:
        yield from _put_cover(root, gallery)


def _put_cover(root: Element, gallery: Gallery) -> Iterator[Finding]:
    """The picture above the old article comes first, unless the text shows it too."""
    found = gallery.found
    picture, paragraph = Element("img", {"src": found.cover}), Element("p")
    if found.cover_alt:
        picture.attributes["alt"] = found.cover_alt
    number = len(gallery.pictures)
    gallery.take(picture)
    if len(gallery.pictures) > number or not picture.get("src").startswith("/media/"):
        paragraph.children = [picture]
        root.children.insert(0, paragraph)
        yield Finding("The first picture stood above the title of the old article.")


def _drop_doubles_of_lazy_pictures(root: Element) -> None:
    """<img data-src> with the same picture in <noscript> beside it."""
    for element in root.walk():
        names = [c.name for c in element.children if isinstance(c, Element)]
        if "noscript" in names and "img" in names:
            element.children = [
                c
                for c in element.children
                if isinstance(c, str) or c.name != "noscript"
            ]


def _is_pixel(element: Element) -> bool:
    size = (element.get("width"), element.get("height"))
    return element.name == "img" and size in (("1", "1"), ("0", "0"))


def _drop_empty_paragraphs(root: Element) -> list[Finding]:
    def is_empty(element: Element) -> bool:
        return (
            element.name == "p"
            and not element.text().strip("\xa0\u200b\ufeff ")
            and not element.find(lambda e: e.name in ("img", "svg", "math"))
        )

    gone = root.remove(is_empty)
    for item in [e for e in root.walk() if e.name in ("li", "td", "th")]:
        inner = [c for c in item.children if isinstance(c, Element) or c.strip()]
        if len(inner) == 1 and isinstance(inner[0], Element) and inner[0].name == "p":
            item.children = inner[0].children
    for element in root.walk():
        if element.get("dir") == "ltr":
            element.attributes = {
                k: v for k, v in element.attributes.items() if k not in ("dir", "lang")
            }
    if not gone:
        return []
    return [Finding(f"{_many(len(gone), 'empty paragraph')} left out.")]


def _raise_headings(root: Element) -> None:
    """The highest heading of the text becomes the h2 below the title."""
    headings = [e for e in root.walk() if e.name in HEADINGS and e.text()]
    top = min((int(heading.name[1]) for heading in headings), default=2)
    for heading in headings if top > 2 else ():
        heading.name = f"h{int(heading.name[1]) - top + 2}"


def _left_out(left_out: tuple[LeftOut, ...]) -> Iterator[Finding]:
    others = []
    for one in left_out:
        if one.kind in _PASSAGES:
            yield Finding(_PASSAGES[one.kind], one.what)
        else:
            others.append(one)
    for sentence in sentences(others):
        yield Finding(sentence[:1].upper() + sentence[1:])


def _links(tree: Element) -> Iterator[Link]:
    for element in tree.walk():
        if element.name == "a" and element.get("href"):
            yield Link(element.get("href"), element.text())


def _doubts(tree: Element) -> Iterator[Finding]:
    """What looks wrong in a cleaned body."""
    for link in _links(tree):
        if link.words.strip(" .:»>→").casefold() in _VAGUE:
            yield Finding(
                "The words of a link do not say where it leads.",
                f"{link.words} ({shortened(link.address, 80)})",
            )
    text = tree.text()
    if match := _MOJIBAKE.search(text):
        place = text[max(0, match.start() - 30) : match.end() + 30]
        yield Finding("Some signs seem to have been read in a wrong encoding.", place)
    yield from _unfinished(tree)


def _unfinished(tree: Element) -> Iterator[Finding]:
    blocks = [c for c in tree.children if isinstance(c, Element) and c.name in BLOCKS]
    last = blocks[-1] if blocks else None
    if last is None or last.name != "p" or not (words := last.text()):
        return
    link = last.find(lambda e: e.name == "a")
    if link is not None and link.text() == words:
        return
    if not _FINISHED.search(words):
        end = " ".join(words.split()[-5:])
        yield Finding("The last sentence seems unfinished.", end)


def _is_all_bold(element: Element) -> bool:
    inner = [c for c in element.children if isinstance(c, Element) or c.strip()]
    return (
        len(inner) == 1
        and isinstance(inner[0], Element)
        and inner[0].name in ("strong", "b")
        and 0 < len(element.text()) <= 80
    )


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{' was' if number == 1 else 's were'}"
