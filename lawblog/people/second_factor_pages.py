"""The pages on which somebody sets up, shows and removes a second factor."""

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from . import reauthentication, second_factors
from .access import sign_in_required
from .accounts import user_of
from .adapters import FactorAdapter


@sign_in_required
def choose(request: HttpRequest) -> HttpResponse:
    """At the first sign-in: a passkey or an app, before anything else opens."""
    if second_factors.is_fully_signed_in(request, user_of(request)):
        return redirect("mfa_index")
    return render(request, "admin/account/choose.html")


class Show(AuthenticateView):
    template_name = "admin/account/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        own = second_factors.of_user(self.stage.login.user)
        kinds = set(own.values_list("type", flat=True))
        return context | {"has_passkey": Authenticator.Type.WEBAUTHN in kinds}


class Asked:
    """Then what was pressed is done."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)  # type: ignore[misc]
        reauthentication.renew_session_key(self.request)  # type: ignore[attr-defined]
        done = reauthentication.resume_request(self.request, response.url)  # type: ignore[attr-defined]
        return done or response


class Again(Asked, ReauthenticateView):
    template_name = "admin/account/reauthenticate.html"


class AgainByCode(Asked, CodeAgainView):
    template_name = "admin/account/reauthenticate_code.html"


class AgainByPasskey(Asked, ReauthenticateWebAuthnView):
    template_name = "admin/account/reauthenticate_passkey.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        # Not to the sign-in page, as allauth would: there is nothing to sign in to.
        return redirect(self.request.get_full_path())


class NewApp(ActivateTOTPView):
    template_name = "admin/account/new_app.html"


class NewPasskey(AddWebAuthnView):
    template_name = "admin/account/new_passkey.html"


class RenamePasskey(EditWebAuthnView):
    template_name = "admin/account/rename_passkey.html"


class Codes(ViewRecoveryCodesView):
    template_name = "admin/account/codes.html"


class NewCodes(GenerateRecoveryCodesView):
    template_name = "admin/account/new_codes.html"


class Removal:
    """One at a time for an account, so that of two that are removed at once the last
    one stays where it must."""

    def form_valid(self, form: Any) -> HttpResponse:
        user = user_of(self.request)  # type: ignore[attr-defined]
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=user.pk)
            factor = self.factor()
            if not second_factors.may_remove(factor):
                sentence = FactorAdapter.error_messages["cannot_delete_authenticator"]
                messages.error(self.request, sentence)  # type: ignore[attr-defined]
                return redirect("mfa_index")
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            return response

    def factor(self) -> Authenticator:
        raise NotImplementedError


class RemovePasskey(Removal, RemoveWebAuthnView):
    template_name = "admin/account/remove.html"

    def factor(self) -> Authenticator:
        found: Authenticator = self.get_object()
        return found


class RemoveApp(Removal, DeactivateTOTPView):
    template_name = "admin/account/remove.html"

    def factor(self) -> Authenticator:
        return self.authenticator
