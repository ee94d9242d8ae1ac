"""The glossary at the desk."""

from typing import Any

from django import forms
from django.db.models import Field
from django.http import HttpRequest

from .proposals import ProposalAdmin


class TermAdmin(ProposalAdmin):
    list_display = ("term", "language", "is_public", "updated_at")
    list_filter = ("is_public", "language")
    search_fields = ("term", "forms", "explanation")
    search_help_text = "Words, their further forms, or what is said of them"
    autocomplete_fields = ("article",)
    view_on_site = False
    fields = ("term", "forms", "language", "explanation", "article", "is_public")

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "explanation":
            kwargs["widget"] = forms.Textarea({"rows": 3, "cols": 80})
        return super().formfield_for_dbfield(db_field, request, **kwargs)
