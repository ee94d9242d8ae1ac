"""What office staff print by themselves: an office's facts, and notes in plain words.

Everything else that readers see of the firm is the attorney's (offices.change_firm).
"""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from lawblog.people.accounts import user_of
from lawblog.watched_words import watched
from offices.models import Closure, Office

# Of an office: what its staff change. Its name and addresses are the attorney's.
FACTS = ("phone", "fax", "appointment_only", "receives_mail", *Office.notes)
ATTORNEYS = (
    *("name", "street", "suite", "city", "state", "zip_code"),
    *("is_principal", "slug", "time_zone", "picture", "picture_words"),
)


def needs_no_approval(user: AbstractUser) -> bool:
    """Whether what this person writes needs no approval: an attorney's does not."""
    return user.has_perm("offices.change_firm")


def refuse_claims(text: str) -> None:
    """ValidationError for words that bar rules watch in advertising."""
    if found := watched(text):
        raise ValidationError(
            f"“{found}” may read as a promise or a comparison. Use other words, "
            "or ask the attorney to enter it."
        )


def refuse_claims_of(row: Office | Closure) -> None:
    """As refuse_claims(), of every free text of a row, in every language."""
    texts = [getattr(row, name) for name in row.translated]
    for translated in row.in_other_languages.values():
        texts += translated.values()
    for text in texts:
        refuse_claims(text)


class NotesForm(forms.ModelForm):
    """A form with free text that visitors read; `alone`: it is the attorney's."""

    alone = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in self.changed_data:
            if not self.alone and name.startswith(self._meta.model.translated):
                try:
                    refuse_claims(str(self.cleaned_data.get(name, "")))
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned


class NotesAdmin(ModelAdmin):
    """Its form knows who writes."""

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        if issubclass(form, NotesForm):
            form.alone = needs_no_approval(user_of(request))
        return form
