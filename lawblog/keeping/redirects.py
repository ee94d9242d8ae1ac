"""Exports redirects for whatever web server serves the site next."""

import csv
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

from lawblog.records.capture.site_client import ask

Leading = list[tuple[str, str, int]]
# What nginx reads without quotation marks.
PLAIN = re.compile(r"[\w/.-]+", re.ASCII)
# Bytes: four times what an old address has at most, as more is written where a
# character is not a letter. A power of two.
NGINX_HASH_BUCKET = 4096
# What an address may hold as it is.
SAFE = "/?=&%:@!$'()*+,;~-._"
# Give paths that may lead elsewhere; whether they do, the site is asked.
_may_lead: list[Callable[[], Iterable[str]]] = []


def register_former_paths(paths: Callable[[], Iterable[str]]) -> None:
    _may_lead.append(paths)


def found() -> Leading:
    """(path with its query, goal, status) of each that leads elsewhere, and (path, "",
    410) of each that is gone for good, by path."""
    leading: Leading = []
    for path in sorted({path for paths in _may_lead for path in paths()}):
        answer = ask(quote(path, safe=SAFE))
        if 300 <= answer.status < 400 and (goal := answer.header("Location")):
            absolute = urljoin(settings.SITE_URL + path, goal)
            ours = absolute.startswith(f"{settings.SITE_URL}/")
            goal = urlsplit(absolute).path if ours else absolute
            leading.append((path, goal, answer.status))
        elif answer.status == 410:
            leading.append((path, "", 410))
    return leading


def write(folder: Path) -> str:
    leading, goal = found(), folder / "redirects"
    goal.mkdir()
    with (goal / "redirects.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("from", "to", "status"), *leading])
    (goal / "nginx-map.conf").write_text(nginx(leading), encoding="utf-8")
    (goal / "_redirects").write_text(netlify(leading), encoding="utf-8")
    return (
        f"redirects/: {len(leading):,} addresses that lead elsewhere or are gone, as a "
        "table, for nginx, and for hosts that read _redirects."
    )


def nginx(leading: Leading) -> str:
    """Maps for http { }, and in comments what server { } says of them."""
    asked = [row for row in leading if "?" in row[0] and row[1]]
    moved = [row for row in leading if "?" not in row[0] and row[1]]
    gone = [(path, "1", status) for path, to, status in leading if not to]
    maps = (("$uri?$args", "asked", asked), ("$uri", "moved_to", moved))
    # With its own 64 nginx does not start where an address is long.
    text = f"# In http {{ }}:\nmap_hash_bucket_size {NGINX_HASH_BUCKET};\n"
    for source, name, rows in (*maps, ("$uri$is_args$args", "gone", gone)):
        lines = "".join(f"    {_word(path)} {_word(to)};\n" for path, to, _ in rows)
        text += f'map "{source}" ${name} {{\n    default "";\n{lines}}}\n'
    return text + (
        "# In server { }:\n#   if ($gone) { return 410; }\n"
        "#   if ($asked) { return 301 $asked; }\n"
        "#   if ($moved_to) { return 301 $moved_to; }\n"
    )


def _word(text: str) -> str:
    if PLAIN.fullmatch(text):
        return text
    return '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"'))


def netlify(leading: Leading) -> str:
    text = "".join(
        f"{quote(path, safe=SAFE)} {to} {status}\n"
        for path, to, status in leading
        if to and "?" not in path
    )
    if any("?" in path or not to for path, to, _ in leading):
        text += "# What has a query, and what is gone, stands in redirects.csv alone.\n"
    return text
