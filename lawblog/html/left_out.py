"""What cleaning removed, and the sentences that say so. Pure."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

# Kind: (one of them, several of them), in the order in which they are said.
PICTURE, LOCAL, EMBEDDED = "picture", "local picture", "embedded picture"
UNPLACED = "unplaced"
COMMENT, DELETED, STRUCK, HIDDEN = "comment", "deleted", "struck", "hidden"
FRAME, PLAYER, FIELD, DRAWING, FORMULA = "frame", "player", "field", "drawing", "math"
SCRIPT, ADDRESS, ANCHOR, HEADING = "script", "address", "anchor", "heading"
_NOUNS = {
    PICTURE: ("picture from another site", "pictures from another site"),
    UNPLACED: ("picture without its site’s address", "pictures without their address"),
    LOCAL: ("picture on the writer’s computer", "pictures on the writer’s computer"),
    EMBEDDED: ("picture within the text", "pictures within the text"),
    COMMENT: ("comment", "comments"),
    DELETED: ("deleted passage", "deleted passages"),
    STRUCK: ("struck passage", "struck passages"),
    HIDDEN: ("hidden passage", "hidden passages"),
    FRAME: ("frame of another page", "frames of other pages"),
    PLAYER: ("video or sound", "videos or sounds"),
    FIELD: ("form field", "form fields"),
    DRAWING: ("drawing", "drawings"),
    SCRIPT: ("script", "scripts"),
    HEADING: ("empty heading", "empty headings"),
}
_UPLOAD = "Left out: the picture {what}. Upload it if readers need it."
_DETAILS = {
    **dict.fromkeys((PICTURE, UNPLACED, LOCAL, EMBEDDED), _UPLOAD),
    FRAME: "Left out: what was shown from {what}. Put a link if readers need it.",
    PLAYER: "Left out: a video or sound ({what}). Put a link if readers need it.",
    FORMULA: "A formula may read wrong: “{what}”.",
    ADDRESS: "The link {what} leads to no address a page may have. Its words stay.",
    ANCHOR: "The link {what} leads to no place in this text. Its words stay.",
}


class LeftOut(NamedTuple):
    """kind: one of those above; what: its description or address, or words of it."""

    kind: str
    what: str = ""


def summary(left_out: Iterable[LeftOut]) -> str:
    """“2 pictures from another site and 1 comment were left out.”, or ""."""
    counts = Counter(one.kind for one in left_out)
    said = [
        f"{counts[kind]} {nouns[counts[kind] > 1]}"
        for kind, nouns in _NOUNS.items()
        if counts[kind]
    ]
    if not said:
        return ""
    *most, last = said
    words = f"{', '.join(most)} and {last}" if most else last
    total = sum(counts[kind] for kind in _NOUNS)
    return f"{words} {'was' if total == 1 else 'were'} left out."


def sentences(left_out: Iterable[LeftOut]) -> list[str]:
    """The summary, and a sentence for each thing that somebody may have to fix."""
    left_out = list(left_out)
    details = (
        _DETAILS[one.kind].format(what=one.what)
        for one in left_out
        if one.kind in _DETAILS and one.what
    )
    return list(filter(None, [summary(left_out), *dict.fromkeys(details)]))


def described(address: str, alt: str) -> str:
    """A picture's or link's words and address, at most 200 characters of each."""
    address = f"({shortened(address)})" if address else ""
    words = f"“{shortened(alt)}”" if alt.strip() else ""
    return " ".join(filter(None, [words, address]))


def shortened(text: str, length: int = 200) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
