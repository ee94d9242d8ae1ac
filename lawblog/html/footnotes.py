"""Turns the footnotes of any program into our own notes, in the places that refer to
them. Pure."""

import re
from collections.abc import Callable

from .element import BLOCKS, HEADINGS, Element
from .footnote_links import FootnoteLinks

_MARK_BEFORE = re.compile(r"^[\s\]).^]+")
_AROUND = "[]()* \xa0^."
# What separates the notes from the text goes with them.
_RULES = {"hr", "br"}


def move_notes(root: Element) -> None:
    """Put the text of every footnote, in double brackets, in the place of its
    reference. The tree is changed."""
    links = FootnoteLinks(root)
    moved = [
        (link, note, _text_of(note))
        for link in links.links
        if (note := links.note_of(link)) is not None
    ]
    # A reference within another note went with that note's links.
    placed = [
        note
        for link, note, words in moved
        if _replace(links, link, ["[[", *words, "]]"])
    ]
    for note in {id(note): note for note in placed}.values():
        _take_away(links, note)


def _text_of(note: Element) -> list[Element | str]:
    """The words of a note: no link back, no mark, paragraphs as lines."""
    note.remove(lambda e: e.name == "a" and e.get("href").startswith("#"))
    note.remove(
        lambda e: (
            e.name in ("sup", "b", "span")
            and not e.text().strip(_AROUND)
            and not e.find(lambda i: i.name == "img")
        )
    )
    words = _as_lines(note)
    while words and isinstance(words[0], str) and not words[0].strip(_AROUND):
        words.pop(0)
    while words and isinstance(words[-1], str) and not words[-1].strip():
        words.pop()
    _trim(words, 0, lambda text: _MARK_BEFORE.sub("", text))
    _trim(words, -1, str.rstrip)
    return words


def _replace(links: FootnoteLinks, link: Element, words: list[Element | str]) -> bool:
    """Put a note in the place of its reference and of what is only its frame;
    False if the reference is gone. No note can stand in a heading: it goes to the
    end of the paragraph below."""
    outer, mark = link, link.text().strip(_AROUND)
    while (parent := links.parents[id(outer)]).name in ("sup", "span", "small", "b"):
        if parent.text().strip(_AROUND) != mark:
            break
        outer = parent
    heading = next((e for e in links.ancestors(link) if e.name in HEADINGS), None)
    home = links.parents[id(outer)]
    at = next((n for n, c in enumerate(home.children) if c is outer), -1)
    if at < 0:
        return False
    if heading is None:
        home.children[at : at + 1] = words
        return True
    del home.children[at]
    _put_below(heading, links.parents[id(heading)].children, words)
    return True


def _put_below(
    heading: Element, around: list[Element | str], words: list[Element | str]
) -> None:
    place = next(n for n, child in enumerate(around) if child is heading) + 1
    below = next((c for c in around[place:] if isinstance(c, Element)), None)
    if below is not None and below.name == "p":
        below.children += words
    else:
        paragraph = Element("p")
        paragraph.children = words
        around.insert(place, paragraph)


def _take_away(links: FootnoteLinks, note: Element) -> None:
    """Remove a note, and whatever of its frame holds no words any more."""
    gone = note
    while (parent := links.parents.get(id(gone))) is not None:
        at = next((n for n, c in enumerate(parent.children) if c is gone), None)
        if at is None:
            return
        del parent.children[at]
        while at and _is_rule(parent.children[at - 1]):
            at -= 1
            if not isinstance(parent.children[at], str):
                rest = parent.children[at + 1 :]
                if any(not _is_rule(child) for child in rest):
                    break
                del parent.children[at]
        if parent.name == "" or not _is_empty_frame(parent):
            return
        gone = parent


def _trim(words: list[Element | str], at: int, cut: Callable[[str], str]) -> None:
    """Cut the outermost text at one end, however deep it stands."""
    while words:
        outermost = words[at]
        if isinstance(outermost, str):
            words[at] = cut(outermost)
            return
        words = outermost.children


def _is_rule(node: Element | str) -> bool:
    return not node.strip() if isinstance(node, str) else node.name in _RULES


def _is_empty_frame(element: Element) -> bool:
    """Whether nothing is left but the heading “Footnotes” of a part for them."""
    if element.name in ("body", "html", "article", "main"):
        return False
    headings = 0
    waiting: list[Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            if node.strip():
                return False
        elif node.name in HEADINGS:
            headings += 1
        elif node.name == "img":
            return False
        else:
            waiting += node.children
    return headings <= 1


def _as_lines(note: Element) -> list[Element | str]:
    """The contents of a note without its paragraphs, a <br> between two of them."""
    words: list[Element | str] = []
    for child in note.children:
        if isinstance(child, Element) and child.name in BLOCKS:
            inner = _as_lines(child)
            if not child.text():
                continue
            if any(not isinstance(w, str) or w.strip() for w in words):
                words.append(Element("br"))
            words += inner
        else:
            if isinstance(child, str):
                child = child.replace("[[", "[ [").replace("]]", "] ]")
            words.append(child)
    return words
