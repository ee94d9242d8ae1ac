"""What a word processor stores beside the words: comments, deletions, hidden text.
Pure.

Taken away before anything else is done, so that it cannot become text of an article.
"""

import re

from .element import Element
from .left_out import COMMENT, DELETED, HIDDEN, STRUCK, LeftOut, shortened
from .styles import LIST_MARK, is_hidden, is_struck, style_of

_COMMENT_CLASSES = {
    "MsoCommentReference",
    "msocomtxt",
    "MsoCommentText",
    "msocomanchor",
}
_COMMENT_LINK = re.compile(r"#(?:_msocom|_msoanchor|cmnt)")
_KINDS = {"del": DELETED, "s": STRUCK, "strike": STRUCK}


def drop_what_is_not_text(root: Element) -> list[LeftOut]:
    """Take comments, deleted, struck and hidden passages out of the tree; says which.
    Passages of spaces alone are not reported."""
    found: list[LeftOut] = []
    has_marks = False
    for gone in root.remove(lambda element: bool(_kind(element))):
        kind = _kind(gone)
        words = [gone.text()]
        if kind == COMMENT and gone.name not in ("div", "p"):
            has_marks, words = True, []
        elif kind == COMMENT and not _is_google_comment(gone):
            # Word has them in a list; what is not a comment in it is its frame.
            words = [e.text() for e in gone.walk() if _is_one_comment(e)]
        found += [LeftOut(kind, shortened(one)) for one in words if one]
    # A mark without its comment stands for one all the same.
    if has_marks and not any(one.kind == COMMENT for one in found):
        found.append(LeftOut(COMMENT))
    return found


def _kind(element: Element) -> str:
    """What of the four an element is, "" for text."""
    if element.name in _KINDS:
        return _KINDS[element.name]
    if _is_google_comment(element):
        return COMMENT
    if not element.attributes:
        return ""
    if _is_comment(element):
        return COMMENT
    if "msoDel" in element.get("class"):
        return DELETED
    if _is_struck(element):
        return STRUCK
    return HIDDEN if _is_hidden(element) else ""


def _is_comment(element: Element) -> bool:
    style = element.attributes.get("style", "")
    return bool(
        "mso-element:comment" in style.replace(" ", "")
        or "mso-special-character:comment" in style.replace(" ", "")
        or (element.attributes.get("class") and element.classes & _COMMENT_CLASSES)
        or (element.name == "a" and _COMMENT_LINK.match(element.get("href")))
    )


def _is_one_comment(element: Element) -> bool:
    style = element.get("style").replace(" ", "")
    return style.startswith("mso-element:comment") and "comment-list" not in style


def _is_google_comment(element: Element) -> bool:
    """Google's download has them in boxes at the end: <div><p><a id="cmnt1">…"""
    if element.name not in ("div", "p"):
        return False
    child = _first(element)
    link = _first(child) if child is not None and child.name == "p" else child
    return link is not None and link.get("href").startswith("#cmnt_ref")


def _first(element: Element) -> Element | None:
    child = element.children[0] if element.children else None
    return child if isinstance(child, Element) else None


def _is_struck(element: Element) -> bool:
    return "line-through" in element.attributes.get("style", "") and is_struck(
        style_of(element)
    )


def _is_hidden(element: Element) -> bool:
    if "hidden" in element.attributes and element.get("hidden") != "until-found":
        return True
    style = element.attributes.get("style")
    if not style or LIST_MARK.search(style) or element.name in ("html", "body"):
        return False
    return is_hidden(style_of(element))
