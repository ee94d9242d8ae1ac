"""What the server tells a browser that saves drafts by itself (autosave.js)."""

import re
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET

COOKIE = "autosave_saved"
NAME_OF_COPY = re.compile(r"[a-z0-9]{1,40}")


class Autosave(ModelAdmin):
    """A ModelAdmin whose form's text the browser keeps until it is saved."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_session"
        # Not through admin_view(), which would send a stranger to the sign-in page.
        return [path("session/", session, name=name), *super().get_urls()]

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        setattr(request, "text_is_saved", True)  # noqa: B010 - no field of the type

    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = super().changeform_view(request, *args, **kwargs)
        name = request.POST.get("autosave", "")
        if getattr(request, "text_is_saved", False) and NAME_OF_COPY.fullmatch(name):
            tell_saved(request, response, name)
        return response


def tell_saved(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Names the copy that the browser may drop. Our script reads it, so this is the one
    cookie that is not HttpOnly; it holds no secret and is sent to the desk alone."""
    response.set_cookie(
        COOKIE,
        name,
        path=reverse("admin:index"),
        secure=request.is_secure(),
        samesite="Strict",
    )


@require_GET
def session(request: HttpRequest) -> JsonResponse:
    """{"user": id as text, "csrf": token}; {"user": ""} for a visitor not signed in."""
    if not admin.site.has_permission(request):
        return JsonResponse({"user": ""})
    return JsonResponse({"user": str(request.user.pk), "csrf": get_token(request)})
