"""Removes the characters that feeds, pages or the database cannot hold from every
row."""

from django.db.models import CharField, Model, TextField

from .html.characters import UNPRINTABLE, printable
from .records.models import Entry


def drop_unprintable(
    sender: type[Model], instance: Model, raw: bool = False, **kwargs: object
) -> None:
    """Before a row is saved, whatever form or program it comes from. Lines of the
    ledger are kept to the byte, and so is what a backup brings back (raw)."""
    if raw or isinstance(instance, Entry):
        return
    for field in sender._meta.concrete_fields:
        if isinstance(field, CharField | TextField):
            value = instance.__dict__.get(field.attname)
            if isinstance(value, str) and UNPRINTABLE.search(value):
                setattr(instance, field.attname, printable(value))
