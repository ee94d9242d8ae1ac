"""Lists that Word writes as paragraphs, and lists whose type is set by a style.
Pure."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from .element import Element
from .list_numbers import ROMAN, count_down, from_roman
from .styles import LIST_MARK, list_type, style_of

_LEVEL = re.compile(r"mso-list:[^;]*?level(\d+)", re.IGNORECASE)
# “Filtered” HTML of Word has no more than a gap of this font after the mark.
_GAP = re.compile(r"font:\s*7\.0pt")
_MARK = re.compile(r"\(?(?:\d+\.)*(\w{1,6})[.):]?\)?")
_NUMBERED_HEADINGS = {"h1", "h2", "h3", "h4"}


class Item(NamedTuple):
    level: int
    mark: str
    element: Element


def tidy_lists(elements: list[Element]) -> None:
    """Give every list among these its kind and start as attributes, and make lists of
    Word's paragraphs."""
    for element in elements:
        if element.name in ("ol", "ul") and "type" not in element.attributes:
            _set_kind(element)
        if element.name == "ol" and "reversed" in element.attributes:
            count_down(element)
    for element in elements:
        if element.name in _NUMBERED_HEADINGS and "mso-list" in element.get("style"):
            _keep_number(element)
    if any(_level(element) for element in elements):
        for element in elements:
            # What stands in an item is its text.
            if element.name != "li" and any(map(_level, element.children)):
                element.children = list(_with_lists(element.children))


def _set_kind(element: Element) -> None:
    first = next((c for c in element.children if isinstance(c, Element)), element)
    kinds = [list_type(style_of(one)) for one in (element, first)]
    if kind := next(filter(None, kinds), ""):
        element.name = "ol"
        if kind != "1":
            element.attributes = {**element.attributes, "type": kind}


def _keep_number(heading: Element) -> None:
    """“1.” or “Article II” is a word of its heading, and no list's."""
    mark = _take_mark(heading)
    if mark and not _is_bullet(mark):
        heading.children.insert(0, f"{mark} ")


def _with_lists(children: list[Element | str]) -> Iterator[Element | str]:
    """Joins consecutive paragraphs that are list items into one list."""
    pending: list[Item] = []
    for child in children:
        if isinstance(child, Element) and (level := _level(child)):
            pending.append(Item(level, _take_mark(child), child))
        elif isinstance(child, Element) or child.strip():
            yield from _nested(pending)
            pending = []
            yield child
    yield from _nested(pending)


def _level(child: Element | str) -> int:
    """The level of a list item of Word, 0 for everything else."""
    if not isinstance(child, Element) or child.name != "p":
        return 0
    if not child.attributes:
        return 0
    if match := _LEVEL.search(child.get("style")):
        return int(match[1])
    is_item = child.get("class").startswith("MsoListParagraph")
    return (
        1 if is_item and any(_GAP.search(e.get("style")) for e in child.walk()) else 0
    )


def _take_mark(paragraph: Element) -> str:
    """Cut the mark (“a.”, “(iv)”, “·”) off a paragraph, and return it."""
    gone = paragraph.remove(lambda e: bool(LIST_MARK.search(e.get("style"))))
    if gone:
        return gone[0].text()
    gap = paragraph.find(lambda e: bool(_GAP.search(e.get("style"))))
    if gap is None:
        return ""
    words: list[str] = []
    holder = paragraph
    while gap not in holder.children:
        inner = [c for c in holder.children if isinstance(c, Element)]
        holder = next(c for c in inner if any(e is gap for e in c.walk()))
    at = holder.children.index(gap)
    for child in holder.children[:at]:
        words.append(child if isinstance(child, str) else child.text())
    del holder.children[: at + 1]
    return "".join(words).strip()


def _nested(items: list[Item]) -> Iterator[Element]:
    """Items with levels → lists within lists; a new list where the kind changes."""
    if not items:
        return
    top = min(item.level for item in items)
    run: list[Item] = []
    for item in items:
        if (
            item.level == top
            and run
            and _is_bullet(run[0].mark) != _is_bullet(item.mark)
        ):
            yield _list(run, top)
            run = []
        run.append(item)
    yield _list(run, top)


def _list(items: list[Item], top: int) -> Element:
    marks = [item.mark for item in items if item.level == top]
    kind = "" if not marks or _is_bullet(marks[0]) else _kind(marks)
    whole = Element("ol" if kind else "ul")
    if kind not in ("", "1"):
        whole.attributes["type"] = kind
    expected = 1
    for is_deeper, group in groupby(items, lambda item: item.level > top):
        if is_deeper:
            holder = _last_item(whole)
            holder.children += _nested(list(group))
            continue
        for item in group:
            expected = _append(whole, item, kind, expected)
    return whole


def _append(whole: Element, item: Item, kind: str, expected: int) -> int:
    number = _number(item.mark, kind) if kind else 0
    entry = Element("li")
    entry.children = item.element.children
    if number and number != expected:
        if whole.children:
            entry.attributes["value"] = str(number)
        else:
            whole.attributes["start"] = str(number)
        expected = number
    whole.children.append(entry)
    return expected + 1


def _last_item(whole: Element) -> Element:
    if not whole.children:
        whole.children.append(Element("li"))
    last = whole.children[-1]
    assert isinstance(last, Element)  # noqa: S101 - only items are put in
    return last


def _is_bullet(mark: str) -> bool:
    # “o” is Word's hollow bullet.
    return mark in ("", "o") or not _MARK.fullmatch(mark)


def _kind(marks: list[str]) -> str:
    """The type of an ordered list, by its first marks: “i” is a number before “ii”,
    and a letter before “j”."""
    cores = [match[1] for mark in marks if (match := _MARK.fullmatch(mark))]
    first = cores[0]
    if first.isdigit() or not first.isalpha():
        return "1"
    low = [core.lower() for core in cores]
    is_roman = all(set(core) <= set(ROMAN) for core in low[:2]) and (
        len(low[0]) > 1
        or (low[0] == "i" and low[1:2] != ["j"])
        or from_roman(low[0]) + 1 == (from_roman(low[1]) if len(low) > 1 else -1)
    )
    kind = "i" if is_roman else "a"
    return kind.upper() if first.isupper() else kind


def _number(mark: str, kind: str) -> int:
    match = _MARK.fullmatch(mark)
    core = match[1].lower() if match else ""
    if core.isdigit():
        return int(core) if len(core) <= 4 else 0
    if kind in ("i", "I"):
        return from_roman(core)
    # “aa” follows “z”, as in Word.
    return (len(core) - 1) * 26 + ord(core[0]) - 96 if core.isascii() and core else 0
