"""Decisions: "26 I&N Dec. 884", "559 U.S. 356", "Matter of A-B-"."""

import re
from collections.abc import Iterator

from .citation import Group, alone
from .known_cases import SAME
from .reporters import REPORTERS

_BOARD = r"I\.? ?(?:&|&amp;|and|AND) ?N\.?(?: ?,? ?(?i:Dec)(?:\.|isions?)?)?"
_COURTS = "|".join(f"(?P<{name}>{how})" for name, _, how in REPORTERS)
_REPORTED = re.compile(
    rf"(?<![\w.$,-])(?P<volume>\d{{1,4}}) (?:(?P<ia>{_BOARD})|{_COURTS}),? ?"
    # "120 U.S. 20 times" is not a page, nor is "5 U.S. 500-page books".
    r"(?P<page>\d{1,5})(?![\w]|-\w|,\d{3}| (?:years?|times|months|days|people"
    r"|percent)\b)"
)
_NAME = (
    r"(?:[A-Z](?:-[A-Z]){0,5}-(?![A-Za-z])(?: & [A-Z](?:-[A-Z]){0,5}-(?![A-Za-z]))?"
    r"|[DO]'[A-ZÀ-Ý][^\W\d_]+"
    r"|[A-Z]\. [A-ZÀ-Ý][^\W\d_]+"
    r"|[A-ZÀ-Ý][^\W\d_]+(?:['-][A-ZÀ-Ý][^\W\d_]+){0,3})"
)
_MATTER = re.compile(
    rf"(?<!\w)(?:Matter of|MATTER OF|matter of(?= [A-Z]-)|Asunto(?: de)?"
    rf"|caso Matter of) (?P<name>{_NAME})"
    r"(?P<more>(?: [A-ZÀ-Ý][a-zà-ÿ]+){0,2})"
)
# The rest of a name, up to the reporter's volume; no other decision's name.
_THEN = re.compile(
    r"(?:(?!(?i:matter of|in re|asunto|v\.|vs\.|contra)\b|v\. )[^\d;()]){1,60}(?=\d)"
)
# A title's capitals make no case of a phrase.
_PHRASES = set(
    """
    Time Fact Law Life Death Course Choice Trust Degree Principle Opinion Right Rights
    Urgency Days Weeks Months Hours Minutes Years Seconds Policy Record Public National
    International Concern Great Practice Discretion First Some Interpretation Form Luck
    Faith Conscience Importance Necessity Habit Honor Justice Money Perspective Pride
    Respect Style Survival Taste Timing The This That These Your Our My His Her Their An
    Immigration Security Equity Honesty Procedure Routine Safety Priority Priorities
    Evidence Proof Family Health Interest State Federal Local Human Civil Common Good
    Privacy Dignity Courtesy Convenience Grace Mercy Hope Love When How What Why Who
    Which Whether Speculation Debate Dispute Contention Consequence Credibility Numbers
    Custom Culture Language Religion Science History Business Personal Private Legal
    """.split()
)


def find(text: str) -> Iterator[Group]:
    reported = list(_reported(text))
    yield from reported
    names = list(_matters(text, {one.start: one.items[0].key for one in reported}))
    # A case that is cited in full somewhere is meant wherever its name stands.
    known = {name: key for name, _, key in names if key}
    for name, (start, end), key in names:
        if not key:
            yield alone(known.get(name, f"matter.{name}"), start, end)


def _reported(text: str) -> Iterator[Group]:
    for match in _REPORTED.finditer(text):
        volume, page = int(match["volume"]), int(match["page"])
        if not volume or not page:
            continue
        court = next((name for name, *_ in REPORTERS if match[name]), None)
        name = f"rep.{court}" if court else "ia"
        yield alone(f"{name}.{volume}.{page}", *match.span())


def _matters(
    text: str, reported: dict[int, str]
) -> Iterator[tuple[str, tuple[int, int], str | None]]:
    """(name, place, key of the reporter's page that follows the name or None)."""
    for match in _MATTER.finditer(text):
        if match["name"] in _PHRASES or _is_phrase(text, match):
            continue
        name, end = _whole_name(match)
        # "Matter of Dhanasar, 26 I&N Dec. 884": one citation, the reporter's.
        following = _THEN.match(text, end)
        key = reported.get(following.end()) if following else None
        yield name, (match.start(), end), key


def _is_phrase(text: str, match: re.Match[str]) -> bool:
    """A Matter of Time."""
    before = text[max(0, match.start() - 12) : match.start()].lower()
    return before.endswith(("a ", "no ", "any ", "this ", "the subject "))


def _whole_name(match: re.Match[str]) -> tuple[str, int]:
    """The name as a key has it, and where it ends: two words where decisions are known
    by two, as Matter of Yajure Hurtado."""
    first = match["name"].lower().replace(". ", "-").replace("- & ", "-")
    first = first.replace("'", "-")
    more = match["more"].split()
    if more and f"matter.{first}-{more[0].lower()}" in SAME:
        return f"{first}-{more[0].lower()}", match.end("name") + 1 + len(more[0])
    return first, match.end("name")
