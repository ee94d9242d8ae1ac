"""Addresses of the sign-in and of one's own account. allauth looks for some of these
names, so that they are its own."""

from typing import cast

from django.urls import URLPattern, path
from django.views import View

from . import account_page, password_pages, second_factor_pages, sign_in
from .access import View as Page
from .reauthentication import reauthentication_required


def again(route: str, view: type[View], name: str) -> URLPattern:
    """The address of what a stolen session must not do."""
    return path(route, reauthentication_required(cast(Page, view.as_view())), name=name)


urlpatterns = [
    path("", account_page.page, name="mfa_index"),
    path("name/", account_page.name, name="account-name"),
    path("password/", account_page.password, name="account_change_password"),
    path("sessions/", account_page.end_sessions, name="account-sessions"),
    path("forgotten/", password_pages.forgotten, name="account_reset_password"),
    # As some programs for mail and messages cut it; reverse() takes the last of a name.
    path("link/<str:secret>", password_pages.link, name="password-link"),
    path("link/<str:secret>/", password_pages.link, name="password-link"),
    path("closed/", sign_in.closed, name="account_inactive"),
    path("start-over/", sign_in.start_over, name="start-over"),
    # Asked again, before something that a stolen session must not do.
    path("again/", second_factor_pages.Again.as_view(), name="account_reauthenticate"),
    path(
        "again/code/",
        second_factor_pages.AgainByCode.as_view(),
        name="mfa_reauthenticate",
    ),
    path(
        "again/passkey/",
        second_factor_pages.AgainByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    # Second factors.
    path("second-factor/", second_factor_pages.choose, name="second-factor"),
    path(
        "second-factor/show/",
        second_factor_pages.Show.as_view(),
        name="mfa_authenticate",
    ),
    again("app/", second_factor_pages.NewApp, "mfa_activate_totp"),
    again("app/remove/", second_factor_pages.RemoveApp, "mfa_deactivate_totp"),
    again("codes/", second_factor_pages.Codes, "mfa_view_recovery_codes"),
    again("codes/new/", second_factor_pages.NewCodes, "mfa_generate_recovery_codes"),
    path("passkeys/", sign_in.to_account, name="mfa_list_webauthn"),
    again("passkeys/new/", second_factor_pages.NewPasskey, "mfa_add_webauthn"),
    again(
        "passkeys/<int:pk>/remove/",
        second_factor_pages.RemovePasskey,
        "mfa_remove_webauthn",
    ),
    again(
        "passkeys/<int:pk>/name/",
        second_factor_pages.RenamePasskey,
        "mfa_edit_webauthn",
    ),
    path(
        "passkeys/sign-in/",
        sign_in.SignInByPasskey.as_view(),
        name="mfa_login_webauthn",
    ),
]
