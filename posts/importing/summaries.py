"""A summary suggested from an article's first sentences. Pure."""

import re

MAX_LENGTH, MIN_LENGTH = 300, 60  # characters
_END = re.compile(r"""[.!?…]["'”’)\]]*(?=\s+["“‘'(¿¡A-ZÁÉÍÓÚÑÜ0-9]|$)""")
# Where a full stop ends no sentence.
_SHORT_FORMS = re.compile(
    r"(?:\b(?:v|vs|no|nos|sec|art|arts|pub|mr|mrs|ms|dr|st|jr|inc|ltd|co|corp|etc|e\.g|i\.e"
    r"|u\.s|u\.s\.c|c\.f\.r|f\.\dd|sr|sra|dra|lic|ud|uds|ee\.uu|núm|pág|párr"
    r"|jan|feb|mar|apr|aug|sept|oct|nov|dec)|\b[A-ZÁÉÍÓÚÑ]|§)\.$",
    re.IGNORECASE,
)


def suggest(text: str) -> str:
    """The first sentences up to MAX_LENGTH characters, or "" if they make no
    summary."""
    text = " ".join(text.split())
    best = ""
    for match in _END.finditer(text[: MAX_LENGTH + 40]):
        so_far = text[: match.end()]
        if len(so_far) > MAX_LENGTH:
            break
        if match[0].startswith(".") and _SHORT_FORMS.search(text[: match.start() + 1]):
            continue
        best = so_far
        if len(best) >= MIN_LENGTH * 2:
            break
    return best if len(best) >= MIN_LENGTH else ""
