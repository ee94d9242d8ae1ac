"""A page saved as HTML: of Wix, of another blog, of a word processor, of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from lawblog.html.characters import printable
from lawblog.html.element import Element
from lawblog.html.serializing import inner_html
from lawblog.html.tree import parse

from ..addresses import is_web
from ..article import CannotRead, Found
from ..upload import Format, Upload
from .page_facts import language_of, read_facts
from .page_text import drop_furniture, drop_repeated, find_text, first_words
from .several_articles import (
    divided,
    left_out,
    marked_articles,
    own_title,
    say_further_titles,
    say_how_many,
)

_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|meta|title|article|div|p|h\d|span|b)\b"
)


def read(upload: Upload) -> Iterator[Found]:
    page = upload.page
    if "<!entity" in upload.head:
        raise CannotRead("It declares entities, which no page needs. Save it again.")
    root = parse(printable(page))
    if several := list(_each(upload, root)):
        yield from several
        return
    first, *others = articles(page, upload.beside, folder=upload.folder)
    first.findings += left_out(marked_articles(root)[1])
    if not first.title:
        first.title = upload.name.rpartition("/")[2].rpartition(".")[0]
        first.say("The page has no title; this one is the name of its file.")
    yield from (first, *others)


def _each(upload: Upload, root: Element) -> Iterator[Found]:
    """The articles of a page that shows several, each from its own part alone."""
    parts, others = marked_articles(root)
    base = read_facts(root, upload.page, "").base
    for part in parts if len(parts) > 1 else ():
        title, link = own_title(part)
        address = urljoin(base, link)
        page = f"{_styles(root)}<body>{inner_html(part)}</body>"
        found = article(
            page,
            upload.beside,
            address=address if is_web(address) and address != base else "",
            fallback=title,
            folder=upload.folder,
        )
        found.base, found.language = found.base or base, language_of(root)
        found.findings += left_out(others)
        say_how_many(found, len(parts))
        yield found


def articles(
    page: str,
    pictures: Mapping[str, bytes] | None = None,
    *,
    title: str = "",
    folder: str = "",
) -> Iterator[Found]:
    """The article of a page, or those that follow each other in it, each with its own
    title; as article() has it. title: of the first, if it is known."""
    root = parse(printable(page))
    text, is_marked = find_text(root)
    parts = [] if is_marked else divided(text)
    if not parts:
        yield article(page, pictures, title=title, folder=folder)
        return
    for number, part in enumerate(parts):
        own = title if title and not number else own_title(part)[0]
        inside = f"{_styles(root)}<body>{inner_html(part)}</body>"
        found = article(inside, pictures, title=own, folder=folder)
        found.language = language_of(root)
        say_how_many(found, len(parts))
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
    say_further_titles(body, found)
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
