"""The 404 handler: redirects from old addresses, else answers 404."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.defaults import page_not_found

from lawblog.middleware import is_desk
from posts.old_addresses.following import Destination, follow
from posts.old_addresses.other_blogs import asks_for_article
from posts.old_addresses.spelling import tidied


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The handler of every 404. An address that leads on costs no page."""
    moved = None if is_desk(request) else redirect_from(request)
    return moved or page_not_found(request, exception)


def redirect_from(request: HttpRequest) -> HttpResponse | None:
    """The answer to an old address; None where it is not one."""
    query = request.META.get("QUERY_STRING", "")
    found = follow(request.path, query)
    if not isinstance(found, Destination) or found.path == request.path:
        return None
    if found.row is None and asks_for_article(request.GET):
        return None
    if not found.path:
        return render(request, "410.html", status=410)
    # Our own page, spelled otherwise: "?page=2" is still meant.
    asked = tidied(request.path)
    same = found.path.rstrip("/").lower() == asked.rstrip("/").lower()
    path = f"{found.path}?{query}" if same and query else found.path
    return HttpResponsePermanentRedirect(path)
