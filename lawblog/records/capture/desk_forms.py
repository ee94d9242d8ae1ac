"""The forms of the desk's page of captures."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.models import User

from lawblog.dates import sensible
from lawblog.desk.widgets import DateInput


class AddressForm(forms.Form):
    address = forms.CharField(
        max_length=500,
        help_text="As it stands in the browser, after the name of the site.",
    )
    day = forms.DateField(
        widget=DateInput,
        validators=[sensible],
        help_text="Shown as it was kept last by the end of that day, New York time.",
    )

    def clean_address(self) -> str:
        """The address with the site's own before it."""
        try:
            url = urlsplit(self.cleaned_data["address"])
        except ValueError:
            raise forms.ValidationError("This is no address of a page.") from None
        path = url.path if url.path.startswith("/") else f"/{url.path}"
        query = f"?{url.query}" if url.query else ""
        return f"{settings.SITE_URL}{path}{query}"


class PruneForm(forms.Form):
    """A name is typed, so that nobody removes anything by a slip of the hand."""

    name = forms.CharField(
        label="Your full name",
        max_length=150,
        help_text="As it stands under “People”. The record keeps it.",
    )

    def __init__(self, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by.get_full_name()

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not self.by or name != self.by:
            raise forms.ValidationError(
                "That is not your full name as it stands under “People”. Nothing was "
                "removed."
            )
        return name
