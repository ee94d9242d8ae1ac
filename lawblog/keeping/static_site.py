"""The public site as files that any web server serves, without this software."""

import html
import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.conf import settings

from lawblog.records.capture.copy_to_browse import file_named
from lawblog.records.capture.crawl import NO_PAGE, walk
from lawblog.records.capture.site_client import Answer

from . import redirect_pages
from .archive.names import problem_with_file
from .progress import Progress

LINK = re.compile(r'(href=")([^"]*\?[^"]*)(")')
NGINX = """\
# The site's static twin, in server { }:
#   root /path/to/this/folder;
# A feed first: beside it stands a page for servers that know index.html alone.
index index.xml index.json index.html;
error_page 404 /404.html;
# The same old addresses with the answers 301 and 410: redirects/nginx-map.conf
location / { try_files $uri $uri/ =404; }
"""
IN_LANGUAGE = """\
location /%(code)s/ { error_page 404 /%(code)s/404.html; try_files $uri $uri/ =404; }
"""


def write(folder: Path) -> str:
    goal = folder / "site"
    goal.mkdir()
    count, altered = _write_pages(goal)
    moved = redirect_pages.write(goal, folder / "redirects")
    redirect_pages.lead_to_feeds(goal)
    (folder / "site-nginx.conf").write_text(nginx(), encoding="utf-8")
    return (
        f"site/: the public site as {count:,} files for any web server, byte for byte "
        f"as it was answered but for {altered:,} with links to further pages of a "
        f"list. {moved:,} more lead on from old addresses, where the web server is not "
        "told of them (redirects/). Only the search needs this software."
    )


def _write_pages(goal: Path) -> tuple[int, int]:
    """How many files, and how many that are not byte for byte as they were answered."""
    count = altered = 0
    with Progress("Pages", None) as progress:
        for address, answer in walk():
            progress(1)
            name = file_of(address, answer)
            if not name:
                continue
            body = with_own_links(answer, address)
            altered += body != answer.body
            path = goal / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
            count += 1
    return count, altered


def nginx() -> str:
    further = (code for code, _ in settings.LANGUAGES[1:])
    return NGINX + "".join(IN_LANGUAGE % {"code": code} for code in further)


def file_of(address: str, answer: Answer) -> str:
    """ "posts/index.html", "posts/index-page-2.html", "404.html"; "" for what is no
    page."""
    path, _, query = address.partition("?")
    path = unquote(path).lstrip("/")
    if answer.status == 404 and path.endswith(NO_PAGE):
        return f"{path.removesuffix(NO_PAGE)}404.html"
    if answer.status != 200:
        return ""
    name = file_named(path, query, answer.kind)
    return "" if problem_with_file(name) else name


def with_own_links(answer: Answer, address: str) -> bytes:
    """The body; links to a further page of a list lead to that page's file, since a
    file is found by its path alone."""
    if answer.kind != "text/html":
        return answer.body

    def lead(match: re.Match[str]) -> str:
        before, value, after = match.groups()
        url, fragment = urldefrag(
            urljoin(settings.SITE_URL + address, html.unescape(value))
        )
        found = urlsplit(url)
        if not re.fullmatch(r"page=\d+", found.query):
            return match[0]
        if f"{found.scheme}://{found.netloc}" != settings.SITE_URL:
            return match[0]
        page = f"{found.path}index-{found.query.replace('=', '-')}.html"
        return before + html.escape(page + (f"#{fragment}" if fragment else "")) + after

    return LINK.sub(lead, answer.body.decode()).encode()
