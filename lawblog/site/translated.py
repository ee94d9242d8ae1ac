"""Models whose texts are also stored in the site's further languages."""

from typing import Any, TypeVar, cast

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from lawblog.html.cleaning import clean
from lawblog.html.richtext import RichTextField

from .page_language import current_language

OTHER_LANGUAGES = settings.LANGUAGES[1:]

Form = TypeVar("Form", bound=type[forms.ModelForm])


class Translated(models.Model):
    """A row with texts that readers see in their own language where somebody entered
    them. `translated` names their fields."""

    translated: tuple[str, ...] = ()
    # {language: {field: text}}
    in_other_languages = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def localized(self, name: str) -> tuple[str, str]:
        """(text, its language) of a field for the page that is being made: as entered
        for its language; else from the catalog, which has the shipped defaults; else as
        it stands."""
        own, code = getattr(self, name), current_language()
        if not own or code == settings.LANGUAGE_CODE:
            return own, code
        entered = self.in_other_languages.get(code, {}).get(name)
        if entered and isinstance(self._meta.get_field(name), RichTextField):
            # Templates trust such a text, and a JSON column does not clean it.
            entered = clean(entered)
        found = entered or gettext(own)
        return found, code if found != own else settings.LANGUAGE_CODE

    @property
    def local(self) -> "LocalizedRow":
        """`firm.local.tagline` is localized("tagline") without its language."""
        return LocalizedRow(self)


class LocalizedRow:
    """A row whose texts are those of the page's language."""

    def __init__(self, row: Translated) -> None:
        self.row = row

    def __getattr__(self, name: str) -> str:
        return self.row.localized(name)[0]


class TranslatedForm(forms.ModelForm):
    """Fields like `tagline_es` beside the model's own; made by
    with_translation_fields()."""

    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entered = self.instance.in_other_languages
        for code, _ in OTHER_LANGUAGES:
            for name, text in entered.get(code, {}).items():
                self.initial[f"{name}_{code}"] = text

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.instance.in_other_languages = {
            code: texts
            for code, _ in OTHER_LANGUAGES
            if (
                texts := {
                    name: text
                    for name in self.instance.translated
                    if (text := (cleaned or {}).get(f"{name}_{code}"))
                }
            )
        }
        return cleaned


def with_translation_fields(form: Form, model: type[Translated]) -> Form:
    """A subclass of the form with a field for each text in each further language."""
    fields = {
        f"{name}_{code}": translation_field(model, name, language)
        for code, language in OTHER_LANGUAGES
        for name in model.translated
    }
    metaclass: Any = type(form)
    return cast(Form, metaclass(form.__name__, (TranslatedForm, form), fields))


def translation_field(
    model: type[Translated], name: str, language: str
) -> forms.Field | None:
    """The form's field for a text in a language, which is told by its name."""
    field = cast("models.Field[Any, Any]", model._meta.get_field(name))
    words = field.verbose_name
    label = f"{words[:1].upper()}{words[1:]} ({language})"
    return field.formfield(required=False, label=label, help_text="", initial="")


def translation_fieldsets(model: type[Translated]) -> tuple[tuple[str, Any], ...]:
    """The admin's fieldsets for with_translation_fields()."""
    return tuple(
        (
            language,
            {
                "description": "For readers of the pages in this language. Where you "
                "leave a field empty, they read the text above, or, where that is "
                "still ours, our own translation of it.",
                "fields": tuple(f"{name}_{code}" for name in model.translated),
            },
        )
        for code, language in OTHER_LANGUAGES
    )
