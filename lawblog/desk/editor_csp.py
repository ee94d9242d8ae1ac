"""A form with the text editor, which needs a looser Content-Security-Policy than other
pages (CONTENT_SECURITY_POLICY in settings)."""

from typing import Any

from csp.decorators import csp_replace
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

# CKEditor 4 writes scripts and styles into its own frame. This widens the policy of
# the form alone; what is typed there is cleaned before it is stored.
EDITOR_POLICY = {
    "script-src-elem": ["'self'", "'unsafe-inline'"],
    "script-src-attr": ["'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "frame-src": ["'self'"],
}


class EditorAdmin(ModelAdmin):
    @method_decorator(csp_replace(EDITOR_POLICY))
    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)
