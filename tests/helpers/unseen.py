"""A visit whose every trace would be found."""

from pathlib import Path

from helpers.served import ask

MARKS = ["MarkedBrowser", "marked-site.test", "203.0.113.77", "markedword"]
HEADERS = {
    "User-Agent": "MarkedBrowser/1.0",
    "Referer": "https://marked-site.test/where-i-was",
    "X-Forwarded-For": "203.0.113.77",
    "X-Real-IP": "203.0.113.77",
    "Forwarded": "for=203.0.113.77",
}
# What is found, what is not, and what is refused: errors are what servers log.
VISITS = """
    / /es/ /privacy/ /posts/ /search/?q=markedword /es/search/?q=markedword
    /posts/?page=markedword /markedword/ /posts/markedword/ /preview/markedword/
    /search/?q=markedword%00 /%00markedword /offices/markedword.vcf
    /media/pictures/markedword.png /static/markedword.css
""".split()


def visit(port):
    for path in VISITS:
        ask(port, "GET", path, **HEADERS)
    ask(port, "POST", "/search/?q=markedword", **HEADERS)
    ask(port, "GET", "/", **HEADERS, Host="unknown.test")


def marks_in(folder):
    """(file, mark) of each mark in any file of a folder."""
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    assert files
    texts = {path: path.read_bytes() for path in files}
    return [(p.name, m) for p, t in texts.items() for m in MARKS if m.encode() in t]
