"""What the server tells a browser that saves drafts by itself (autosave.js)."""

import re

from django.contrib import admin
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.views.decorators.http import require_GET

COOKIE = "autosave_saved"
NAME_OF_COPY = re.compile(r"[a-z0-9]{1,40}")


class Autosave:
    """A ModelAdmin whose form's text the browser keeps until it is saved."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_session"
        # Without admin_view(), which would answer a stranger with the log-in page.
        return [path("session/", session, name=name), *super().get_urls()]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.text_is_saved = True

    def changeform_view(self, request, *args, **kwargs):
        response = super().changeform_view(request, *args, **kwargs)
        name = request.POST.get("autosave", "")
        if getattr(request, "text_is_saved", False) and NAME_OF_COPY.fullmatch(name):
            tell_saved(request, response, name)
        return response


def tell_saved(request, response, name):
    """Names the copy that the browser may drop. The script has to read it, so that
    this cookie alone is not HttpOnly; it says nothing and stays in the admin."""
    response.set_cookie(
        COOKIE,
        name,
        path=reverse("admin:index"),
        secure=request.is_secure(),
        samesite="Strict",
    )


@require_GET
def session(request):
    """{"user": id as text, "csrf": token}, or {"user": ""} for who is signed out."""
    if not admin.site.has_permission(request):
        return JsonResponse({"user": ""})
    return JsonResponse({"user": str(request.user.pk), "csrf": get_token(request)})
