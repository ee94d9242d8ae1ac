"""A form with the text editor: a looser Content-Security-Policy than other pages have
(CONTENT_SECURITY_POLICY in settings), and a word on what was taken out of the text."""

from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from lawblog.html.characters import printable
from lawblog.html.cleaning import cleaned
from lawblog.html.richtext import RichTextField

# CKEditor 4 writes scripts and styles into its own frame. This widens the policy of
# the form alone; what is typed there is cleaned before it is stored.
EDITOR_POLICY = {
    "script-src-elem": ["'self'", "'unsafe-inline'"],
    "script-src-attr": ["'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "frame-src": ["'self'"],
}

# How many remarks are shown: pages that were pasted whole have many.
REMARKS_SHOWN = 6
# What was left out of a paste, sent again with the save that follows.
PASTED_FIELD, MAX_PASTED_REMARKS = "left_out", 100


class EditorAdmin(ModelAdmin):
    @method_decorator(csp_replace(EDITOR_POLICY))
    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm, change: bool
    ) -> None:
        for sentence in remarks(request, obj)[:REMARKS_SHOWN]:
            self.message_user(request, sentence, messages.WARNING)
        super().save_model(request, obj, form, change)


def remarks(request: HttpRequest, row: Model) -> list[str]:
    """Sentences on what is taken out of the texts of a form, now or when they were
    pasted (editor.js)."""
    fields = [f.name for f in row._meta.fields if isinstance(f, RichTextField)]
    sent = (request.POST.get(name, "") for name in fields)
    found = [sentence for text in sent for sentence in cleaned(text).remarks]
    pasted = map(printable, request.POST.getlist(PASTED_FIELD)[:MAX_PASTED_REMARKS])
    return list(dict.fromkeys([*found, *filter(None, pasted)]))
