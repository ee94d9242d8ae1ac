"""Search synonyms at the desk: staff propose, and the attorney approves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.http import HttpRequest

from lawblog.desk.locking import VersionTokenForm
from posts.models.synonyms import split
from posts.search.query import is_common

from .proposals import ProposalAdmin


class SynonymForm(VersionTokenForm):
    class Meta:
        error_messages = {"name": {"unique": "This has its words in the list already."}}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in ("english", "spanish"):
            for word in split(cleaned.get(field, "")):
                if any(map(str.isalnum, word)) and is_common(word):
                    raise ValidationError(
                        f"“{word}” is in nearly every question, so that search leaves "
                        "it out. Take it away, or write the whole phrase."
                    )
        return cleaned


class SynonymAdmin(ProposalAdmin):
    form = SynonymForm
    list_display = ("name", "english", "spanish", "is_public")
    list_filter = ("is_public", "is_lay")
    search_fields = ("name", "english", "spanish")
    search_help_text = "Any of the words"
    list_per_page = 200
    view_on_site = False
    fields = ("name", "english", "spanish", "is_lay", "is_public")

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in ("english", "spanish"):
            kwargs["widget"] = forms.Textarea({"rows": 3, "cols": 80})
        return super().formfield_for_dbfield(db_field, request, **kwargs)
