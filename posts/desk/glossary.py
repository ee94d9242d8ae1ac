"""The glossary at the desk."""

from typing import Any

from django import forms
from django.db.models import Field
from django.http import HttpRequest

from lawblog.desk.locking import VersionTokenForm
from lawblog.records.ledger import lock

from .proposals import ProposalAdmin


class TermForm(VersionTokenForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        # Nobody explains the word a second time between Term.clean() and the save.
        lock()
        return cleaned


class TermAdmin(ProposalAdmin):
    form = TermForm
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
