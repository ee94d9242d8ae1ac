"""Any HTML as a flat sequence of tokens: the project's only tokenizer. Pure.

It reads what browsers read (WHATWG HTML, 13.2.5) with two differences, both so that no
word is lost: a tag, comment or quoted value that never ends does not swallow the rest
of the document. Each character is looked at a bounded number of times, whatever the
input is.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

TEXT, RAW, START, END, OTHER = "text", "raw", "start", "end", "other"
VOID = set(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param "
    "source track wbr".split()
)
# Their contents are not markup; of the second kind they are text with references.
RAW_TEXT = set("script style xmp iframe noembed noframes".split())
ESCAPABLE = {"title", "textarea"}
_WITH_CONTENTS = RAW_TEXT | ESCAPABLE

# Most tags are whole here (3); where a value has quotes, their ends are sought.
_OPENING = re.compile(r"""<(?:(/?)([A-Za-z][^\s/>]*)([^<>"'=]*>)?|(!--)|[!?/])""")
# Up to the end of a tag, or to a quote that begins a value.
_STEP = re.compile(r"""[^>=]*(?:(>)|=\s*(["']?))""")
_ATTRIBUTE = re.compile(
    r"""([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?"""
)
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;)")
_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")


class Token(NamedTuple):
    """`raw` is the source: joined, those of all tokens are the document again.

    kind: TEXT (with references), RAW (the contents of script and the like), START, END
    or OTHER (comments, doctypes, processing instructions); name: a tag's, in small
    letters.
    """

    kind: str
    raw: str
    name: str = ""

    @property
    def step(self) -> int:
        """+1 for a tag that opens an element, -1 for one that closes it, else 0."""
        if self.kind == START and self.name not in VOID:
            return 1
        return -1 if self.kind == END else 0

    @property
    def text(self) -> str:
        """The words of a TEXT or RAW token, references resolved."""
        has_references = self.kind == TEXT and "&" in self.raw
        return unescape(self.raw) if has_references else self.raw

    @property
    def attributes(self) -> dict[str, str]:
        """Those of a START token, by name in small letters; of two alike the first."""
        found: dict[str, str] = {}
        inside = self.raw[len(self.name) + 1 : -1]
        for match in _ATTRIBUTE.finditer(inside) if inside else ():
            value = next(filter(None, match.groups()[1:]), "")
            found.setdefault(match[1].lower(), _value(value))
        return found


def tokens(html: str) -> Iterator[Token]:
    """The tokens of any text, in order."""
    reader, at, begin = _Reader(html), 0, 0
    while opening := _OPENING.search(html, at):
        end = opening.end() if opening[3] else reader.end_of(opening)
        if end < 0:
            # A “<” that begins nothing belongs to the text around it.
            at = opening.end()
            continue
        start = opening.start()
        if start > begin:
            yield Token(TEXT, html[begin:start])
        token = _tag(opening, html[start:end])
        yield token
        at = end
        if token.name in _WITH_CONTENTS and token.kind == START:
            at = reader.end_of_contents(token.name, end)
            if at > end:
                kind = RAW if token.name in RAW_TEXT else TEXT
                yield Token(kind, html[end:at])
        begin = at
    if begin < len(html):
        yield Token(TEXT, html[begin:])


def _value(text: str) -> str:
    # Without its semicolon a named reference in an address is a parameter: “?a&copy=1”.
    if "&" not in text:
        return text
    return _REFERENCE.sub(lambda match: unescape(match[0]), text)


def _tag(opening: re.Match[str], raw: str) -> Token:
    if not opening[2]:
        return Token(OTHER, raw)
    return Token(END if opening[1] else START, raw, opening[2].lower())


class _Reader:
    """Finds where things end. A search that failed once is not repeated, and quotes are
    ignored once they led past the end: that keeps the time linear."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.missing: set[str] = set()
        self.heeds_quotes = True

    def end_of(self, opening: re.Match[str]) -> int:
        """Where the tag or comment ends, or -1 if nothing begins here."""
        if opening[4]:
            return self._end_of_comment(opening.end())
        if opening[2] and self.heeds_quotes:
            end = self._end_of_tag(opening.end())
            if end >= 0:
                return end
            self.heeds_quotes = False
        return self._after(">", opening.end())

    def end_of_contents(self, name: str, start: int) -> int:
        """Where script, title and the like end: before their end tag, else at once."""
        if name in self.missing:
            return start
        match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(
            self.html, start
        )
        if match:
            return match.start()
        self.missing.add(name)
        return start

    def _after(self, sign: str, start: int) -> int:
        at = -1 if sign in self.missing else self.html.find(sign, start)
        if at < 0:
            self.missing.add(sign)
            return -1
        return at + len(sign)

    def _end_of_comment(self, start: int) -> int:
        if self.html.startswith((">", "->"), start):  # “<!-->” is a whole comment
            return self._after(">", start)
        end = self._after("-->", start)
        return end if end >= 0 else self._after(">", start)

    def _end_of_tag(self, at: int) -> int:
        while step := _STEP.match(self.html, at):
            at = step.end()
            if step[1]:
                return at
            if step[2]:
                at = self._after(step[2], at)
                if at < 0:
                    return -1
        return -1
