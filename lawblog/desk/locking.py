"""Two people, one record: the second to save is told, and overwrites nothing."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from reversion.models import Version


class VersionTokenForm(forms.ModelForm):
    """A form that remembers which state of its row it was filled in for.

    The model has `updated_at` (auto_now). The row stays locked until the
    transaction ends, so that nobody comes between the look and the save.
    """

    version_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version_token"] = version_token(self.instance)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            rows = type(self.instance)._base_manager.select_for_update()
            current = rows.get(pk=self.instance.pk)
            # "over": somebody has read what they are about to save over.
            read = (self.cleaned_data.get("version_token"), self.data.get("over"))
            if version_token(current) not in read:
                raise ValidationError(overtaken(current))
        return cleaned


def version_token(row):
    return row.updated_at.isoformat() if row.updated_at else ""


def overtaken(row):
    versions = Version.objects.get_for_object(row).select_related("revision__user")
    last = versions.first()
    who = last and last.revision.user or "someone"
    when = date_format(timezone.localtime(row.updated_at), "M j, P")
    return (
        f"{row} was changed by {who} ({when}) after you opened this page. Nothing of "
        "yours was saved. Open the page again to see that change, then make yours."
    )
