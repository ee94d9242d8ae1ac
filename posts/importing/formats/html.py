"""A page saved as HTML: of Wix, of another blog, of a word processor, of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lawblog.html.characters import printable
from lawblog.html.element import Element
from lawblog.html.serializing import inner_html
from lawblog.html.tree import parse

from ..article import CannotRead, Found
from ..upload import Format, Upload
from .page_facts import read_facts
from .page_text import drop_furniture, drop_repeated, find_text, first_words

_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|meta|title|article|div|p|h\d|span|b)\b"
)


def read(upload: Upload) -> Iterator[Found]:
    page = upload.page
    if "<!entity" in upload.head:
        raise CannotRead("It declares entities, which no page needs. Save it again.")
    found = article(page, upload.beside, folder=upload.folder)
    if not found.title:
        found.title = upload.name.rpartition("/")[2].rpartition(".")[0]
        found.say("The page has no title; this one is the name of its file.")
    yield found


def article(
    page: str,
    pictures: Mapping[str, bytes] | None = None,
    *,
    address: str = "",
    title: str = "",
    fallback: str = "",
    folder: str = "",
) -> Found:
    """The article of a page. address and title: what is known of it from elsewhere;
    fallback: the title if the page has none but a heading of its text."""
    root = parse(printable(page))
    found = read_facts(root, page, address)
    found.pictures, found.folder = pictures or {}, folder
    body, is_marked = find_text(root)
    found.title = title or found.title or fallback or first_words(body)
    if not is_marked:
        drop_furniture(body, found)
    drop_repeated(body, found)
    found.html = _styles(root) + inner_html(body)
    return found


def _styles(root: Element) -> str:
    """The page's own style sheets, in which Google Docs keeps bold and lists."""
    sheets = [e.text_of_raw() for e in root.walk() if e.name == "style"]
    return "".join(f"<style>{sheet}</style>" for sheet in sheets if sheet)


def is_html(upload: Upload) -> bool:
    return bool(_HTML.match(_without_comments(upload.head)))


def _without_comments(head: str) -> str:
    head = re.sub(r"^(?:\s*<!--.*?-->|\s*<\?xml[^>]*>)+", "", head, flags=re.DOTALL)
    return head.lstrip()


FORMAT = Format("a page saved as HTML", is_html, read)
