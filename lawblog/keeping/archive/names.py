"""Which names the parts of an archive may have: those that any machine can store."""

import re
import unicodedata

MANIFEST = "manifest.json"
ROWS = re.compile(r"rows/[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\.jsonl")
FILES = re.compile(r"files/([a-z]+)/(.+)", re.DOTALL)
MAX_NAME_BYTES = 255  # as most file systems have it


def rows_of(label: str) -> str:
    """The part that holds a table, like "posts.post"."""
    return f"rows/{label}.jsonl"


def file_of(root: str, name: str) -> str:
    """The part that holds a file of a root, like "media"."""
    return f"files/{root}/{name}"


def split_file(part: str) -> tuple[str, str]:
    """(root, name) of a part that holds a file."""
    root, name = part.split("/", 2)[1:]
    return root, name


def problem_with(part: str) -> str:
    """ "" or what is wrong with a part's name, to follow "has"."""
    if part == MANIFEST or ROWS.fullmatch(part):
        return ""
    found = FILES.fullmatch(part)
    if not found:
        return "a name that no backup gives"
    return problem_with_file(found[2])


def problem_with_file(name: str) -> str:
    """ "" or what is wrong with a file's name, to follow "has"."""
    if "\\" in name or name.startswith("/"):
        return "a name that leads elsewhere"
    for step in name.split("/"):
        if step in ("", ".", ".."):
            return "a name that leads elsewhere"
        if len(step.encode(errors="replace")) > MAX_NAME_BYTES:
            return f"a name of more than {MAX_NAME_BYTES} bytes"
    # C: controls, NUL among them, marks that turn the direction of writing, and halves
    # of characters.
    if any(unicodedata.category(character)[0] == "C" for character in name):
        return "a name with characters that cannot be seen"
    return ""
