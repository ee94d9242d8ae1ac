"""Redirects in the static copy for web servers without rules of their own: a page at
each old address, and beside each feed, that leads on."""

import csv
import html
import shutil
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from django.conf import settings

from .archive.names import problem_with_file
from .redirects import SAFE

FEEDS = {"index.xml": "application/atom+xml", "index.json": "application/feed+json"}
PAGE = """\
<!doctype html>
<html><head><meta charset="utf-8"><title>{name}</title>
<meta http-equiv="refresh" content="0; url={to}"><link rel="canonical" href="{whole}">
</head><body><p><a href="{to}">{whole}</a></p></body></html>
"""


def write(site: Path, redirects: Path) -> int:
    """Into the twin, of the folder that redirects.py wrote; how many pages. What has a
    query, or a page of its own, has no file to stand in."""
    shutil.copy(redirects / "_redirects", site)
    count = 0
    with (redirects / "redirects.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["to"] and (path := _place(site, row["from"])):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(page(row["to"]), encoding="utf-8")
                count += 1
    return count


def lead_to_feeds(site: Path) -> None:
    """A page beside each feed that is a folder's own, for servers that look for
    index.html alone. Hosts that read _redirects are told to answer with the feed all
    the same: Netlify by the "!", which others pass over."""
    found = [path for name in FEEDS for path in sorted(site.rglob(name))]
    with (site / "_redirects").open("a", encoding="utf-8") as told:
        for path in found:
            to = f"/{path.relative_to(site)}"
            path.with_name("index.html").write_text(feed_page(path.name, to))
            told.write(f"{to.removesuffix(path.name)} {to} 200!\n")


def feed_page(name: str, to: str) -> str:
    """As page(), and programs that read feeds are told where this one is."""
    link = f'<link rel="alternate" type="{FEEDS[name]}" href="{html.escape(to)}">'
    return page(to).replace("</head>", f"{link}\n</head>")


def _place(site: Path, address: str) -> Path | None:
    """None where a file of the twin is in the way, or none can have such a name."""
    name = address.removeprefix("/")
    if PurePosixPath(name).suffix.lower() not in (".html", ".htm"):
        name = f"{name.rstrip('/')}/index.html".removeprefix("/")
    path = site / name
    if "?" in name or problem_with_file(name) or path.exists():
        return None
    within = path.parents[: len(PurePosixPath(name).parts) - 1]
    return None if any(folder.is_file() for folder in within) else path


def page(to: str) -> str:
    whole = f"{settings.SITE_URL}{to}" if to.startswith("/") else to
    goal = html.escape(quote(to, safe=SAFE))
    named = html.escape(whole)
    return PAGE.format(name=named, to=goal, whole=named)
