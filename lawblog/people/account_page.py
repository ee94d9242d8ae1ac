"""The page "Your account": name, password, second factors, sessions."""

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lawblog.records.ledger import append

from . import one_time_links, second_factors, sessions
from .access import second_factor_required
from .account_changed import ADDRESS, PASSWORD, tell
from .accounts import lock_accounts, name_of, user_of
from .names import AddressField, NameField, set_name, user_named_like, user_with_address
from .passwords import Unguessable
from .reauthentication import ask_to_reauthenticate, is_fresh, reauthentication_required

DIFFERENT = "The two are not the same: type both."  # noqa: S105 - a sentence


class OwnForm(forms.Form):
    name = NameField()
    email = AddressField(required=False)

    def __init__(self, user: User, data: object = None) -> None:
        initial = {"name": user.get_full_name(), "email": user.email}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        self.user = user
        self.fields["name"].help_text = "As the record and your colleagues read it."

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email and user_with_address(email, except_for=self.user):
            raise ValidationError("Somebody else here signs in with this address.")
        return email

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if user_named_like(name, except_for=self.user):
            raise ValidationError(
                "Somebody else here has this name: add an initial, so that the record "
                "tells the two of you apart."
            )
        return name

    def save(self) -> None:
        """Within a transaction. Whose address was changed is on record, not to what."""
        if self.cleaned_data["email"] != self.user.email:
            append("address changed", {"account": self.user.pk}, by=self.user)
            if self.user.email:
                # To the former address: whoever took over the account has the new one.
                tell(self.user, ADDRESS, self.user.email)
        set_name(self.user, self.cleaned_data["name"])
        self.user.email = self.cleaned_data["email"]
        self.user.save(update_fields=["first_name", "last_name", "email"])


class NewPassword(SetPasswordForm):
    def __init__(self, user: User, data: object = None) -> None:
        super().__init__(user, data)
        first, again = self.fields["new_password1"], self.fields["new_password2"]
        first.label, again.label = "New password", "New password, once more"
        first.help_text, again.help_text = Unguessable().get_help_text(), ""
        self.error_messages |= {"password_mismatch": DIFFERENT}

    def validate_password_for_user(
        self, user: User, password_field_name: str = ""
    ) -> None:
        # What is wrong with a password stands at the first of the two.
        super().validate_password_for_user(user, "new_password1")


@second_factor_required
def page(request: HttpRequest) -> HttpResponse:
    return shown(request, OwnForm(user_of(request)))


def shown(request: HttpRequest, form: OwnForm) -> HttpResponse:
    user = user_of(request)
    own = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    codes = [row for row in own if row.type == Authenticator.Type.RECOVERY_CODES]
    context = {
        "title": "Your account",
        "form": form,
        "name": name_of(user),
        "passkeys": [row for row in own if row.type == Authenticator.Type.WEBAUTHN],
        "app": next((row for row in own if row.type == Authenticator.Type.TOTP), None),
        "codes_left": codes_left(codes[0]) if codes else None,
        "sessions": sessions.of(user, request),
    }
    return render(request, "admin/account/index.html", context)


def codes_left(codes: Authenticator) -> int:
    """Counted from the marks alone, so that it needs no key."""
    used: int = codes.data.get("used_mask", 0)
    return second_factors.RECOVERY_CODES - used.bit_count()


@second_factor_required
def name(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("mfa_index")
    with transaction.atomic():
        lock_accounts()
        # Not request.user, which the page prints.
        form = OwnForm(User.objects.get(pk=user_of(request).pk), request.POST)
        if not form.is_valid():
            return shown(request, form)
        if form.has_changed() and not is_fresh(request):
            # A new password is sent to the address, and the record goes by the name.
            return ask_to_reauthenticate(request)
        form.save()
    messages.success(request, "Saved.")
    return redirect("mfa_index")


@sensitive_post_parameters()
@second_factor_required
@reauthentication_required
def password(request: HttpRequest) -> HttpResponse:
    user = User.objects.get(pk=user_of(request).pk)
    form = NewPassword(user, request.POST if "new_password1" in request.POST else None)
    if not form.is_valid():
        context = {"title": "Change your password", "form": form}
        return render(request, "admin/account/password.html", context)
    with transaction.atomic():
        form.save()
        sessions.end_all(user, keep=request.session.session_key)
        one_time_links.end_all(user)
        tell(user, PASSWORD)
    # This browser stays signed in, under a new key.
    update_session_auth_hash(request, user)
    messages.success(request, "Your password is changed, and others are signed out.")
    return redirect("mfa_index")


@require_POST
@second_factor_required
def end_sessions(request: HttpRequest) -> HttpResponse:
    user, number = user_of(request), request.POST.get("number", "")
    with transaction.atomic():
        if number:
            ended = int(sessions.end(user, number))
        else:
            ended = sessions.end_all(user, keep=request.session.session_key)
        if ended:
            append("signed out", {"account": user.pk, "count": ended})
    said = "Signed out there." if ended else "That one had ended already."
    messages.success(request, said)
    return redirect("mfa_index")
