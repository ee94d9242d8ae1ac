"""What is typed at the desk is judged as it will be kept."""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.db.models import Field
from django.http import HttpRequest

from lawblog.html.characters import printable


class TypedWords(ModelAdmin):
    """Fields of text read no character that is not kept (printable_rows.py): of two
    names that differ in such a one alone, the second is told that it is taken."""

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.CharField):
            _read_printable(field)
        return field


def _read_printable(field: forms.CharField) -> None:
    read = field.to_python

    def to_python(value: object) -> str | None:
        found: str | None = read(value)
        return found and printable(found)

    # Its kinds (of addresses, of slugs) are many, and each reads in its own way.
    setattr(field, "to_python", to_python)  # noqa: B010
