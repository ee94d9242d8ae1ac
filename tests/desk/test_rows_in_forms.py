"""Rows within a form, like the firm's links, stand as cards: no table has a head."""

from pathlib import Path

from django.contrib import admin
from django.contrib.admin.options import TabularInline

SHEET = Path("lawblog/static/lawblog/admin.css")


def test_each_of_their_fields_has_its_name_above_it():
    rows = [
        row
        for desk in admin.site._registry.values()
        for row in desk.inlines
        if issubclass(row, TabularInline)
    ]
    assert rows
    css = SHEET.read_text()
    for row in rows:
        for field in row.model._meta.fields:
            if field.editable and not (field.is_relation or field.primary_key):
                assert f".tabular td.field-{field.name}::before" in css, field
