"""The form that invites somebody to the desk."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from . import roles
from .accounts import name_of
from .attorney_records import records
from .names import AddressField, NameField, set_name, user_named_like, user_with_address


def _again(there: User) -> str:
    return "" if there.is_active else " If it is them, open their closed account again."


class InvitationForm(forms.Form):
    name = NameField()
    email = AddressField()
    role = forms.ChoiceField(label="They are", widget=forms.RadioSelect)
    record = forms.ChoiceField(
        label="Their page on the site",
        required=False,
        help_text="If they are an attorney whom the site presents.",
    )

    def __init__(self, doer: User, data: Any = None) -> None:
        super().__init__(data, initial={"role": roles.STAFF})
        given = roles.may_give(doer)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role, roles.MAY[role]) for role in given
        ]
        free = records().free() if roles.ATTORNEY in given else []
        self.fields["record"].choices = [("", "None yet"), *free]  # type: ignore[attr-defined]
        if not free:
            del self.fields["record"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if there := user_named_like(name):
            raise ValidationError(
                f"There is {name_of(there)} already: add an initial, so that the "
                f"record tells the two apart.{_again(there)}"
            )
        return name

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if there := user_with_address(email):
            raise ValidationError(
                f"{name_of(there)} signs in with this address already.{_again(there)}"
            )
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("record") and cleaned.get("role") != roles.ATTORNEY:
            self.add_error("record", "Only an attorney has a page of their own.")
        return cleaned

    def save(self) -> User:
        """The new account, which cannot sign in before its link was opened."""
        data = self.cleaned_data
        user = User(username=data["email"], email=data["email"], is_staff=True)
        set_name(user, data["name"])
        user.set_unusable_password()
        user.save()
        roles.give(user, data["role"])
        if data.get("record"):
            records().link(data["record"], user)
        return user
