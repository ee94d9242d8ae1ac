"""Two people edit one row: the second to save is told, and overwrites nothing."""

from datetime import datetime
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from reversion.models import Version


class Dated(Protocol):
    """A row that knows when it was last saved (auto_now); None: not yet."""

    updated_at: Any  # a field of the model, a datetime of the row


class VersionTokenForm(forms.ModelForm):
    """A form that remembers which state of its row it was filled in for.

    The model has `updated_at` (auto_now). The row stays locked until the transaction
    ends, so nobody else can save between this check and our own save. (no_key, here and
    elsewhere: a publication that names the row holds the record, for which we wait.)
    """

    version_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version_token"] = version_token(self.instance)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            rows = type(self.instance)._base_manager.select_for_update(no_key=True)
            current = rows.get(pk=self.instance.pk)
            # "over": the state that somebody has read and chose to save over.
            read = (self.cleaned_data.get("version_token"), self.data.get("over"))
            if version_token(current) not in read:
                raise ValidationError(overtaken(current))
        return cleaned


def version_token(row: Dated) -> str:
    """A token for the present state of a row; "" for a row that was never saved."""
    at: datetime | None = row.updated_at
    return at.isoformat() if at else ""


def overtaken(row: Dated) -> str:
    """The sentence for someone whose form is older than the row."""
    versions = Version.objects.get_for_object(row).select_related("revision__user")
    last = versions.first()
    who = last and last.revision.user or "someone"
    when = date_format(timezone.localtime(row.updated_at), "M j, P")
    return (
        f"{row} was changed by {who} ({when}) after you opened this page. Nothing of "
        "yours was saved. Open the page again to see that change, then make yours."
    )
