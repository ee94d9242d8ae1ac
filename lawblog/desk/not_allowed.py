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
        request, "admin/not_allowed.html", title=title, said="", typed=typed(request)
    )
    response.status_code = 403
    return response


def pressed_in_vain(get_response: GetResponse) -> GetResponse:
    """The middleware for a form that comes in after its session has ended: on the way
    to the sign-in page all that was typed would be lost. From there, or by hand, an
    address is opened that takes a press alone: it leads to the front page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        way = response.get("Location", "") if request.method == "POST" else ""
        if way.startswith(f"{reverse('admin:login')}?") and (texts := typed(request)):
            page, title = "admin/signed_out.html", "You were signed out"
            response = framed_page(request, page, title=title, typed=texts)
            response.status_code = 403
        is_for_presses = request.method == "GET" and response.status_code == 405
        if is_for_presses and is_desk(request):
            messages.warning(request, NOT_PRESSED)
            return redirect("admin:index")
        return response

    return middleware


def typed(request: HttpRequest) -> list[str]:
    """What was written in words; no password, and nothing that is merely chosen."""
    return [text for _, text in sent(request) if " " in text.strip()]


def sent(request: HttpRequest) -> list[tuple[str, str]]:
    """(name, text) of what a form sent; nothing of one that holds a password."""
    found = [(name, text) for name, texts in request.POST.lists() for text in texts]
    return [] if any("password" in name for name, _ in found) else found
