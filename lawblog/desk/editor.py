"""A form with the text editor, which needs a looser policy than other pages."""

from typing import Any

from csp.decorators import csp_replace
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from lawblog.html.richtext import EDITOR_POLICY


class EditorAdmin(ModelAdmin):
    @method_decorator(csp_replace(EDITOR_POLICY))
    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)
