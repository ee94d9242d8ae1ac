"""Two people edit one row: the second to save is told, and overwrites nothing."""

import hashlib
import json
from datetime import datetime
from typing import Any

import reversion
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from reversion.models import Version

from lawblog.people.accounts import name_of

DELETED = "Somebody deleted this after you opened the page. Nothing of yours was saved."


class VersionTokenForm(forms.ModelForm):
    """A form that remembers which state of its row it was filled in for.

    The row stays locked until the transaction ends, so nobody else can save between
    this check and our own save. (no_key, here and elsewhere: a publication that names
    the row holds the record, for which we wait.)
    """

    version_token = forms.CharField(widget=forms.HiddenInput, required=False)
    # Whether tables of other rows are saved with it.
    has_tables = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version_token"] = version_token(self.instance)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            rows = type(self.instance)._base_manager.select_for_update(no_key=True)
            # In no order that would join other tables: PostgreSQL locks no such rows.
            current = rows.filter(pk=self.instance.pk).order_by("pk").first()
            if current is None:
                raise ValidationError(DELETED)
            # "over": the state that somebody has read and chose to save over.
            read = (self.cleaned_data.get("version_token"), self.data.get("over"))
            token = version_token(current)
            if token not in read and not self._says_what_is_saved(token):
                raise ValidationError(overtaken(current))
        return cleaned

    def _says_what_is_saved(self, token: str) -> bool:
        """As when “Save” is pressed twice: there is nothing to overwrite. What the form
        is compared with was read before the lock, and is no longer the row if somebody
        saved in between."""
        same = token == self.initial["version_token"] and not self.has_tables
        return same and not {*self.changed_data} - {"version_token"}


def version_token(row: Model) -> str:
    """A token for the present state of a row; "" for a row that was never saved. It is
    when the row was last saved, where the row knows, else a digest of what it says."""
    if row.pk is None:
        return ""
    at: datetime | None = getattr(row, "updated_at", None)
    if at:
        return at.isoformat()
    values = [field.value_from_object(row) for field in row._meta.concrete_fields]
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def overtaken(row: Model) -> str:
    """The sentences for someone whose form is older than the row."""
    return (
        f"{changed_by(row)} Nothing of yours was saved. Open the page again to see "
        "that change, then make yours."
    )


def changed_by(row: Model) -> str:
    """A sentence on who changed the row last, for someone who has not seen that."""
    last = None
    if reversion.is_registered(type(row)):
        versions = Version.objects.get_for_object(row)
        last = versions.select_related("revision__user").first()
    who = name_of(last.revision.user) if last and last.revision.user else "someone"
    at = getattr(row, "updated_at", None) or (last and last.revision.date_created)
    when = f" ({date_format(timezone.localtime(at), 'M j, P')})" if at else ""
    return f"{row} was changed by {who}{when} after you opened this page."
