"""Addresses that lead elsewhere, for whatever serves the site next."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from lawblog.records.capture.asking import ask

# Give paths that may lead elsewhere; whether they do, the site is asked.
_may_lead: list[Callable[[], Iterable[str]]] = []


def may_lead_elsewhere(paths: Callable[[], Iterable[str]]) -> None:
    _may_lead.append(paths)


def found() -> list[tuple[str, str, int]]:
    """(path, goal, status) of each that leads elsewhere, by path."""
    leading = []
    for path in sorted({path for paths in _may_lead for path in paths()}):
        answer = ask(path)
        if 300 <= answer.status < 400 and (goal := answer.header("Location")):
            absolute = urljoin(settings.SITE_URL + path, goal)
            ours = absolute.startswith(f"{settings.SITE_URL}/")
            goal = urlsplit(absolute).path if ours else absolute
            leading.append((path, goal, answer.status))
    return leading


def write(folder: Path) -> str:
    leading, goal = found(), folder / "redirects"
    goal.mkdir()
    with (goal / "redirects.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("from", "to", "status"), *leading])
    lines = "".join(f"    {path} {to};\n" for path, to, _ in leading)
    nginx = (
        '# In http { }:\nmap $uri $moved_to {\n    default "";\n' + lines + "}\n"
        "# In server { }:\n#   if ($moved_to) { return 301 $moved_to; }\n"
    )
    (goal / "nginx-map.conf").write_text(nginx, encoding="utf-8")
    netlify = "".join(f"{path} {to} {status}\n" for path, to, status in leading)
    (goal / "_redirects").write_text(netlify, encoding="utf-8")
    return (
        f"redirects/: {len(leading):,} addresses that lead elsewhere, as a table, for "
        "nginx, and for hosts that read _redirects."
    )
