"""Collects every picture of a text in its gallery, the one above the text included.
Pure."""

from __future__ import annotations

from collections.abc import Iterator

from lawblog.html.element import Element

from .article import Finding
from .gallery import Gallery
from .old_markup import left_out


def take_pictures(root: Element, gallery: Gallery) -> Iterator[Finding]:
    _drop_doubles_of_lazy_pictures(root)
    if pixels := root.remove(_is_pixel):
        yield left_out(len(pixels), "counting pixel")
    for element in root.walk():
        if element.name == "img":
            gallery.take(element)
    if gallery.found.cover:
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
