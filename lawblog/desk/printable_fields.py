"""Text fields validate what will be stored, not what was typed."""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.db.models import Field
from django.http import HttpRequest

from lawblog.html.characters import printable


class PrintableFields(ModelAdmin):
    """Its text fields drop the characters that are not stored (printable_rows.py)
    before they validate: a name that differs from another in such a character alone is
    refused as taken."""

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
