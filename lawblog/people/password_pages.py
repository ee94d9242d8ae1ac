"""The pages of one-time links, and of forgotten passwords."""

from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from . import one_time_links, sessions
from .account_page import NewPassword
from .accounts import find, name_of, user_of
from .guess_counting import count_guess
from .inside_allauth import perform_login, record_authentication
from .rate_limit import first_time


@sensitive_post_parameters()
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a password. Looking at the page spends nothing: programs that read mail
    open what they find in it."""
    try:
        user: User = one_time_links.find(secret).user
        if request.user.is_authenticated and request.user != user:
            return somebody_else(request, user)
        form = NewPassword(user, request.POST if request.method == "POST" else None)
        if form.is_valid():
            return chosen(request, secret, form.cleaned_data["new_password1"])
    except one_time_links.Spent as error:
        return render(
            request,
            "admin/account/link_spent.html",
            {"sentence": str(error)},
            status=410,
        )
    context = {"form": form, "name": name_of(user), "login": user.get_username()}
    return render(request, "admin/account/choose_password.html", context)


def somebody_else(request: HttpRequest, user: User) -> HttpResponse:
    context = {"name": name_of(user), "me": name_of(user_of(request))}
    if request.POST.get("sign_out"):
        logout(request)
        return HttpResponse(status=303, headers={"Location": request.path})
    return render(request, "admin/account/somebody_else.html", context, status=409)


def chosen(request: HttpRequest, secret: str, password: str) -> HttpResponse:
    """The password holds, every session of before ends, and the person is signed in;
    whoever has a second factor is asked for it first, whoever has none sets one up."""
    with transaction.atomic():
        user = one_time_links.use(secret, password)
        sessions.end_all(user)
    request.session.flush()
    record_authentication(request, user, "link")
    response: HttpResponse = perform_login(request, Login(user=user))
    return response


class Forgotten(forms.Form):
    login = forms.CharField(
        label="E-mail address or user name",
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )


def forgotten(request: HttpRequest) -> HttpResponse:
    """The same answer whether there is such an account or not."""
    form = Forgotten(request.POST if request.method == "POST" else None)
    asked = form.is_valid()
    if asked:
        name = form.cleaned_data["login"].strip()
        count_guess(request, "forgotten password", name)
        user = find(name)
        # One in a quarter of an hour: no stranger fills a mailbox, or the record.
        if user and user.is_active and first_time(f"link for account {user.pk}"):
            with transaction.atomic():
                one_time_links.invited(user)
    context = {"form": form, "asked": asked, "has_mail": settings.MAIL_IS_ON}
    return render(request, "admin/account/forgotten.html", context)
