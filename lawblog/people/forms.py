"""allauth's forms in our words, with our rate limit, and with an answer to everything
that somebody may send: settings.ACCOUNT_FORMS and MFA_FORMS."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.db import Error

from . import codes, rate_limit
from .guess_counting import count_guess

MAX_PASSKEY_NAME_LENGTH = 60
MAX_ADDRESS_LENGTH = 254
PASSKEY = (
    "That passkey was not accepted, and nothing was changed. A passkey works only at "
    "the address where it was made. Try again, or use another way."
)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        )
        label = "E-mail address or user name"
        self.fields["login"] = forms.CharField(
            label=label, max_length=MAX_ADDRESS_LENGTH, widget=widget
        )
        self.fields["password"].help_text = ""
        self.order_fields(["login", "password"])
        plain(self)


class AgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Your password"
        plain(self)


def plain(form: forms.Form) -> None:
    """Labels say what a field is for; grey words within would say it twice."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class WithCode(forms.Form):
    """A form with a code of the app or a recovery code of `user`, whose guesses are
    counted together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {"autocomplete": "one-time-code", "inputmode": "numeric"}
        widget = forms.TextInput(attrs={**told, "autofocus": True})
        self.fields["code"] = forms.CharField(
            label="Code", max_length=20, widget=widget
        )

    def clean_code(self) -> str:
        user = self.user  # type: ignore[attr-defined]
        # However it was spaced; allauth reads other signs in several ways.
        self.cleaned_data["code"] = codes.digits(self.cleaned_data["code"])
        counted = count_guess(context.request, "code", user.get_username())
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as error:
            raise self.in_other_words(user, error) from None
        if not codes.first_use(user, code):
            raise ValidationError(codes.USED)
        rate_limit.forget(counted)
        return code

    def in_other_words(self, user: Any, error: ValidationError) -> ValidationError:
        why = codes.why_not(user, self.cleaned_data["code"])
        return ValidationError(why) if why else error


class CodeForm(WithCode, AuthenticateForm):
    pass


class CodeAgainForm(WithCode, FactorAgainForm):
    pass


class NewAppForm(WithCode, ActivateTOTPForm):
    def in_other_words(self, user: Any, error: ValidationError) -> ValidationError:
        why = codes.clock_is_off(self.secret, self.cleaned_data["code"])
        return ValidationError(why) if why else error


def answered(clean: Callable[[], Any]) -> Any:
    """clean(), where whatever was sent in the place of a passkey's answer gets a
    sentence: the libraries that read it fail in as many ways as there are bytes."""
    try:
        return clean()
    except Error:
        raise
    except Exception:
        raise ValidationError(PASSKEY) from None


class WithPasskey(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"required": PASSKEY, "invalid": PASSKEY}
        self.fields["credential"].error_messages |= words

    def clean_credential(self) -> Authenticator:
        found: Authenticator = answered(super().clean_credential)  # type: ignore[misc]
        return found


class PasskeyForm(WithPasskey, AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(WithPasskey, ReauthenticateWebAuthnForm):
    pass


class PasskeySignInForm(WithPasskey, LoginWebAuthnForm):
    pass


class NameOfPasskey(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label="Name",
            max_length=MAX_PASSKEY_NAME_LENGTH,
            required=False,
            help_text="So that you can tell it from others: “my phone”.",
        )


class NewPasskeyForm(NameOfPasskey, AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"required": PASSKEY, "invalid": PASSKEY}
        self.fields["credential"].error_messages |= words

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = answered(super().clean)
        return cleaned


class RenamePasskeyForm(NameOfPasskey, EditWebAuthnForm):
    pass
