"""What the desk says to somebody who may not do what they tried, or is signed out by
now: with what they typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views import defaults

from lawblog.middleware import GetResponse, is_desk

from .pages import framed_page

NOT_PRESSED = "Nothing was done: that takes a press of its button."


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """handler403. At the desk with what a form had sent: a role may be changed while
    its holder writes, and a page that may not be opened any more gives nothing back."""
    if not is_desk(request):
        return defaults.permission_denied(request, exception)
    title = "You may not do this"
    response = framed_page(
        request, "admin/not_allowed.html", title=title, typed=typed(request)
    )
    response.status_code = 403
    return response


def give_back_typed(get_response: GetResponse) -> GetResponse:
    """The middleware for what is sent after the session has ended, or after somebody
    deleted what it is about: all that was typed would be lost. An address that takes a
    press alone, opened by hand or from the sign-in page, leads to the front page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not is_desk(request):
            return response
        if request.method == "POST":
            return _given_back(request, response)
        if response.status_code == 405:
            messages.warning(request, NOT_PRESSED)
            return redirect("admin:index")
        return response

    return middleware


def _given_back(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or the page of what was typed where the answer would lose it."""
    # What was sent to no page at all is not read.
    page_name = request.resolver_match and request.resolver_match.url_name
    is_gone = response.status_code == 404 and page_name is not None
    to_door = response.get("Location", "").startswith(f"{reverse('admin:login')}?")
    if not (is_gone or to_door) or not (texts := typed(request)):
        return response
    title = "This is not here any more" if is_gone else "You were signed out"
    page = "admin/gone.html" if is_gone else "admin/signed_out.html"
    shown = framed_page(request, page, title=title, typed=texts)
    shown.status_code = 404 if is_gone else 403
    return shown


def typed(request: HttpRequest) -> list[str]:
    """What was written in words; no password, and nothing that is merely chosen."""
    return [text for _, text in sent_fields(request) if " " in text.strip()]


def sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """(name, text) of what a form sent; nothing of one that holds a password."""
    found = [(name, text) for name, texts in request.POST.lists() for text in texts]
    return [] if any("password" in name for name, _ in found) else found
