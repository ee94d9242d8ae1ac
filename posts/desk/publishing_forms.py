"""The attorney's forms to publish and to withdraw: when, and why."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from lawblog.dates import sensible
from lawblog.desk.widgets import DateTimeInput
from posts.publishing import Candidate, former_reason


class NewYorkTimeField(forms.DateTimeField):
    """A day and time as the attorney's clock shows it (settings.TIME_ZONE)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=DateTimeInput, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
            if moment:
                sensible(moment.date())
            return moment
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(
                "The clocks change that night, so that this time does not exist or "
                "comes twice. Choose another."
            ) from None


class PublishForm(forms.Form):
    at = NewYorkTimeField(
        label="Publish at", help_text="New York time. Leave empty to publish now."
    )
    substantive = forms.BooleanField(
        required=False,
        initial=True,
        label="Tell readers it was updated",
        help_text="They and search engines see the date of this change. Untick it for "
        "a corrected typing error.",
    )
    follows = forms.BooleanField(
        required=False,
        label="Says what the original says now",
        help_text="Untick it if the original was changed and this translation does not "
        "say so yet: its readers go on being told.",
    )
    reason = forms.CharField(
        required=False,
        max_length=500,
        label="Why what the checks found may stand",
        widget=forms.Textarea({"rows": 2}),
        help_text="Kept with the edition, for the firm's record.",
    )
    version_token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, candidate: Candidate) -> None:
        # What was up to date, or is new, is taken to be so still.
        behind = candidate.post.editions.live().behind().exists()
        initial = {
            "version_token": candidate.version_token,
            "follows": not behind,
            "reason": former_reason(candidate),
        }
        super().__init__(data, initial=initial)
        if not candidate.post.translation_of_id:
            del self.fields["follows"]
        if not candidate.findings:
            del self.fields["reason"]
        # What is new was never updated.
        if not candidate.post.editions.exists():
            del self.fields["substantive"]


class WithdrawForm(forms.Form):
    at = NewYorkTimeField(
        label="Withdraw at", help_text="New York time. Leave empty to withdraw now."
    )
    reason = forms.CharField(
        max_length=500,
        label="Why",
        widget=forms.Textarea({"rows": 2}),
        help_text="Kept in the firm's record. Readers do not see it.",
        error_messages={"required": "Say in a few words why: the record keeps it."},
    )
