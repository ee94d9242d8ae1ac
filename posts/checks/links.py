"""Links to our own pages: do they lead to something the public may read?

A page is asked for as a reader would, through its own view, so that every rule that
hides something (live(), in_use(), …) is the one that answers here.
"""

from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve, reverse

from lawblog.html.excerpts import excerpts
from lawblog.site.languages import language_of, use_language

from .words import MUST, Finding, around


def broken_links(body, article_path):
    """Findings for links in cleaned HTML to paths of ours that lead nowhere. What is
    at `article_path`, the article's own, may be linked to before it is live."""
    known = {}
    for block in excerpts(body):
        for text, address in block.links:
            path = own_path(address, article_path)
            if path is None or path == article_path:
                continue
            if path not in known:
                known[path] = is_public(path)
            if not known[path]:
                yield Finding(
                    MUST,
                    f"The link to {path} leads to no page that readers can open.",
                    around(text),
                    block.number,
                )


def own_path(address, article_path):
    """The path on this site that a link leads to, or None for other places."""
    try:
        parts = urlsplit(urljoin(settings.SITE_URL + article_path, address))
    except ValueError:
        return None
    site = urlsplit(settings.SITE_URL)
    return (unquote(parts.path) or "/") if parts.netloc == site.netloc else None


def is_public(path):
    """Whether a visitor who follows this path gets a page (or is led on to one)."""
    if path.startswith(reverse("admin:index")):
        return False
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META["HTTP_HOST"] = urlsplit(settings.SITE_URL).netloc
    try:
        with use_language(language_of(path)):
            match = resolve(path)
            response = match.func(request, *match.args, **match.kwargs)
    except (Resolver404, Http404, BadRequest, PermissionDenied, SuspiciousOperation):
        return False
    # Not response.close(): that says that the whole request is over.
    if picture := getattr(response, "file_to_stream", None):
        picture.close()
    return response.status_code < 400
