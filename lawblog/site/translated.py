"""Texts of the firm's record in the site's further languages."""

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from lawblog.html.richtext import RichTextField, clean

from .languages import current_language

FURTHER = settings.LANGUAGES[1:]


class Translated(models.Model):
    """A row with texts (`translated` names the fields) that readers are told in their
    own language where somebody entered it."""

    translated = ()
    # {language: {field: text}}
    in_other_languages = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def localized(self, name):
        """(text, its language) of a field for the page that is being made: as entered
        for its language; else as the catalog has it, which knows the shipped defaults;
        else as it stands."""
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
    def local(self):
        """`firm.local.tagline` is localized("tagline") without its language."""
        return Local(self)


class Local:
    def __init__(self, row):
        self.row = row

    def __getattr__(self, name):
        return self.row.localized(name)[0]


class TranslatedForm(forms.ModelForm):
    """Fields like `tagline_es` beside the model's own; made by in_languages()."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        entered = self.instance.in_other_languages
        for code, _ in FURTHER:
            for name, text in entered.get(code, {}).items():
                self.initial[f"{name}_{code}"] = text

    def clean(self):
        cleaned = super().clean()
        self.instance.in_other_languages = {
            code: texts
            for code, _ in FURTHER
            if (
                texts := {
                    name: text
                    for name in self.instance.translated
                    if (text := (cleaned or {}).get(f"{name}_{code}"))
                }
            )
        }
        return cleaned


def in_languages(form, model):
    """A subclass of the form with a field for each text in each further language."""
    fields = {
        f"{name}_{code}": field_in(model, name, language)
        for code, language in FURTHER
        for name in model.translated
    }
    return type(form)(form.__name__, (TranslatedForm, form), fields)


def field_in(model, name, language):
    field = model._meta.get_field(name)
    words = field.verbose_name
    label = f"{words[:1].upper()}{words[1:]} ({language})"
    return field.formfield(required=False, label=label, help_text="", initial="")


def fieldsets(model):
    """The admin's fieldsets for in_languages()."""
    return tuple(
        (
            language,
            {
                "description": "What readers of these pages see. Where it is empty, "
                "our translation of a default that you left, else the text above.",
                "fields": tuple(f"{name}_{code}" for name in model.translated),
            },
        )
        for code, language in FURTHER
    )
