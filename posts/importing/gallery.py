"""The pictures of a body: the best source of each, and whether the file holds it.
Pure."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from lawblog.html.element import Element
from lawblog.html.left_out import described

from .article import Found
from .picture import Picture

PLACEHOLDER = "/media/importing/{}"
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-image")
_BLANK = re.compile(r"data:image/(?:gif|svg)|(?:blank|spacer|pixel|placeholder)\.\w+$")
_DATA = re.compile(r"data:image/[\w.+-]+((?:;[\w=.+-]+)*),(.*)", re.DOTALL)
# Wix, Blogger and WordPress serve small or blurred copies beside the original.
_WIX_ID = re.compile(r"wix:image://v1/([^/#?]+)")
_WIX_COPY = re.compile(r"(https?://static\.wixstatic\.com/media/[^/?#]+)/.*")
_BLOGGER_SIZE = re.compile(
    r"(//[\w.-]*(?:blogspot|googleusercontent)\.com/.+/)s\d+[\w-]*/"
)
_BLOGGER_END = re.compile(r"(//[\w.-]*googleusercontent\.com/.+)=[swh]\d+[\w-]*$")
_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
# Of HEIC and AVIF.
_BOXES = tuple(b"ftyp" + kind for kind in (b"avif", b"avis", b"heic", b"heix", b"mif1"))


class Gallery:
    """The pictures of one article, numbered in the order of the text."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.pictures: list[Picture] = []
        self._known: dict[str | bytes | None, Picture] = {}
        # By its last name alone only where nothing else has the whole one.
        self.names = {PurePosixPath(name).name: name for name in found.pictures}
        self.names |= {name: name for name in found.pictures}

    def take(self, element: Element) -> None:
        """Put the placeholder into an <img>. What is on the writer's own computer
        stays as it is, so that the cleaner says it."""
        source = _best_source(element)
        picture = self._picture(source, element.get("alt"))
        kept = {k: v for k, v in element.attributes.items() if k in ("alt", "role")}
        if picture is None:
            element.attributes = {**kept, "src": source}
            return
        # One address is one picture; of those without, the same bytes are.
        known = self._known.get(picture.address or picture.data)
        if known is None:
            path = PLACEHOLDER.format(len(self.pictures) + 1)
            known = replace(picture, path=path)
            self._known[picture.address or picture.data] = known
            self.pictures.append(known)
        element.attributes = {"src": known.path, **kept}

    def _picture(self, source: str, alt: str) -> Picture | None:
        if match := _DATA.match(source):
            data = _decoded(match)
            return Picture("", "", alt, data) if data else None
        try:
            address = original(urljoin(self.found.base, source))
            data = self._bytes(source, address)
            is_web = urlsplit(address).scheme in ("http", "https")
        except ValueError:  # no address at all, like http://[
            return None
        if data is None and not is_web:
            return None
        return Picture("", address if is_web else "", alt, data)

    def _bytes(self, source: str, address: str) -> bytes | None:
        path = unquote(urlsplit(source).path)
        beside = posixpath.normpath(posixpath.join(self.found.folder, path))
        names = [source, address, unquote(source), beside, path.lstrip("./")]
        if urlsplit(source).scheme not in ("http", "https"):
            names.append(PurePosixPath(path.replace("\\", "/")).name)
        for name in names:
            if name in self.names:
                data = self.found.pictures[self.names[name]]
                return data if is_picture(data) else None
        return None


def original(address: str) -> str:
    """The address of the picture itself, where a smaller copy is shown."""
    if match := _WIX_ID.match(address):
        return f"https://static.wixstatic.com/media/{match[1]}"
    if match := _WIX_COPY.fullmatch(address):
        return match[1]
    address = _BLOGGER_SIZE.sub(r"\1s1600/", address)
    return _BLOGGER_END.sub(r"\1=s1600", address)


def without_pictures(html: str, pictures: tuple[Picture, ...]) -> str:
    """A body without the placeholders of pictures that were not stored."""
    for picture in pictures:
        html = re.sub(rf'<img[^>]* ?src="{re.escape(picture.path)}"[^>]*>', "", html)
    return re.sub(r"<p>\s*</p>|<figure>\s*</figure>", "", html)


def in_words(picture: Picture) -> str:
    """“A map” (https://…), for a report."""
    return described(picture.address or "in the file", picture.alt)


def is_picture(data: bytes) -> bool:
    return data.startswith(_SIGNATURES) or data[4:12] in _BOXES


def _best_source(element: Element) -> str:
    """What a browser shows after scripts have run: lazy loading hides the address."""
    source = element.get("src").strip()
    lazy = next((element.get(n).strip() for n in _LAZY if element.get(n).strip()), "")
    if lazy and (not source or _BLANK.search(source) or "wixstatic" not in source):
        return lazy
    if not source and element.get("srcset"):
        return element.get("srcset").split(",")[-1].split()[0]
    return source


def _decoded(match: re.Match[str]) -> bytes | None:
    try:
        if "base64" in match[1]:
            return base64.b64decode(unquote_to_bytes(match[2]), validate=False) or None
        return unquote_to_bytes(match[2]) or None
    except (binascii.Error, ValueError):
        return None
