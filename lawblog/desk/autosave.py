"""Nothing that is typed is lost: autosave.js sends a form while somebody writes, and
the server keeps it, for its writer alone, until it is saved or discarded."""

import re
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.forms import ModelForm
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    JsonResponse,
    QueryDict,
)
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from lawblog.dates import moment
from lawblog.models import Autosaved
from lawblog.people.accounts import user_of

from .pages import DeskAdmin, require, row_number, with_right, with_row

NAME_OF_PAGE = re.compile(r"[a-z0-9]{1,40}")
# Characters of a whole form. An article of 40,000 words has half a million.
MAX_FORM_LENGTH = 4_000_000
WROTE_ON = (
    "You wrote more in it after you opened this page. Nothing was discarded: look at "
    "it again first."
)
TOO_LONG = "This text is too long to be kept while you type. Save it often."
COPIES_SHOWN = 20
# What the browser sends for a form that is as it was when it was opened.
UNCHANGED = "nothing kept"
# Fields that are sent along but are not part of the text.
NOT_KEPT = ("csrfmiddlewaretoken", "autosave", "want")


class Autosave(DeskAdmin):
    """A ModelAdmin whose form is kept while somebody writes in it."""

    def get_urls(self) -> list[URLPattern]:
        model = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            # Not through admin_view(), which would send a stranger to the sign-in page.
            path("session/", session, name=f"{model}_session"),
            self.desk_path("autosave/", of_new, "autosave_new"),
            self.desk_path("<int:pk>/autosave/", of_row, "autosave"),
            self.desk_path("autosave/<str:name>/", one, "autosaved"),
            *super().get_urls(),
        ]

    def typed(
        self, request: HttpRequest, row: Any | None, data: QueryDict
    ) -> dict[str, Any]:
        """What else to answer when a form is sent while typing, as JSON."""
        return {}

    def autosaved_shown(
        self, request: HttpRequest, row: Any | None, data: QueryDict
    ) -> str:
        """HTML that compares what was typed with what is saved."""
        return ""

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        mine = Autosaved.objects.filter(person=user_of(request))
        mine.filter(name=page_name(request)).delete()


def page_name(request: HttpRequest) -> str:
    """The name that the page gave itself; "" for a new page."""
    name: str = request.POST.get("autosave", "")
    return name if NAME_OF_PAGE.fullmatch(name) else ""


def form_name(desk: ModelAdmin, row: Model | None) -> str:
    return f"{desk.opts.label_lower} {row.pk if row else 'new'}"


@with_right("add")
def of_new(request: HttpRequest, desk: Autosave) -> HttpResponse:
    return _of(request, None, desk)


@with_row("change")
def of_row(request: HttpRequest, row: Model, desk: Autosave) -> HttpResponse:
    return _of(request, row, desk)


def _of(request: HttpRequest, row: Model | None, desk: Autosave) -> HttpResponse:
    """GET: {"autosaves": [...]} of the reader's own, the newest first. POST: keeps the
    form; {"saved": the time in words} and what desk.typed() adds; 400 with a sentence.
    saved is "" for a form that is as it was.
    """
    form = form_name(desk, row)
    if request.method != "POST":
        rows = Autosaved.objects.of(user_of(request), form)[:COPIES_SHOWN]
        return JsonResponse({"autosaves": list(map(_in_words, rows))})
    name = page_name(request)
    if not name:
        return HttpResponseBadRequest("Open the page again: it sent no name.")
    data = request.POST.copy()
    for other in NOT_KEPT:
        data.pop(other, None)
    fields = data.urlencode()
    if len(fields) > MAX_FORM_LENGTH:
        return HttpResponseBadRequest(TOO_LONG)
    at = ""
    if UNCHANGED in request.POST.getlist("want"):
        Autosaved.objects.filter(person=user_of(request), name=name).delete()
    else:
        Autosaved.objects.keep(user_of(request), name, form, fields)
        at = date_format(timezone.localtime(), "g:i a")
    return JsonResponse({"saved": at, **desk.typed(request, row, request.POST)})


def _in_words(kept: Autosaved) -> dict[str, str]:
    return {
        "name": kept.name,
        "at": moment(kept.typed_at),
        "typed_at": kept.typed_at.isoformat(),
        "version_token": kept.data.get("version_token", ""),
    }


@with_right("change")
def one(request: HttpRequest, desk: Autosave, name: str) -> HttpResponse:
    """GET: {"fields": [[name, value], ...], "shown": HTML, "typed_at"}; POST discards
    what was typed at `typed_at`, and nothing later: 409 with a sentence. Nobody gets
    what another typed."""
    mine = Autosaved.objects.filter(person=user_of(request))
    kept = get_object_or_404(mine, name=name, form__startswith=desk.opts.label_lower)
    typed_at = kept.typed_at.isoformat()
    if request.method == "POST":
        if request.POST.get("typed_at") != typed_at:
            return HttpResponse(WROTE_ON, "text/plain", status=409)
        kept.delete()
        return JsonResponse({"discarded": name})
    number = row_number(kept.row)
    row = number and get_object_or_404(desk.model._default_manager, pk=number)
    require(desk, request, "change" if row else "add", row or None)
    data = kept.data
    fields = [[key, value] for key, values in data.lists() for value in values]
    shown = desk.autosaved_shown(request, row or None, data)
    return JsonResponse({"fields": fields, "shown": shown, "typed_at": typed_at})


@require_GET
def session(request: HttpRequest) -> JsonResponse:
    """{"user": id as text, "csrf": token}; {"user": ""} for a visitor not signed in."""
    if not admin.site.has_permission(request):
        return JsonResponse({"user": ""})
    return JsonResponse({"user": str(request.user.pk), "csrf": get_token(request)})
