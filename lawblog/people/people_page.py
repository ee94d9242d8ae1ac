"""The page People: who works at the desk, in which role, with buttons to change
that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from lawblog.desk.pages import framed_page

from . import actions, roles, second_factors
from .access import View
from .accounts import lock_accounts, name_of, user_of
from .attorney_records import records
from .invitation import InvitationForm
from .models import PasswordLink
from .reauthentication import (
    ask_to_reauthenticate,
    reauthentication_required,
    was_reauthenticated_for_this,
)


@dataclass(frozen=True)
class Row:
    """Somebody on the page. `acts`: (name in the address, words)."""

    user: User
    name: str
    role: str
    factor: str
    factor_token: str
    record: str
    waits_until: datetime | None
    acts: list[tuple[str, str]]
    why_not: str


def for_attorneys(view: View) -> View:
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not roles.may_see_people(user_of(request)):
            raise PermissionDenied
        return view(request, *args, **named)

    return admin.site.admin_view(page)


@for_attorneys
def people(request: HttpRequest) -> HttpResponse:
    return shown(request, InvitationForm(user_of(request)))


def shown(
    request: HttpRequest, form: InvitationForm, done: actions.Done | None = None
) -> HttpResponse:
    found = list(rows(user_of(request)))
    return framed_page(
        request, "admin/people.html", title="People", rows=found, form=form, done=done
    )


def rows(doer: User) -> Iterator[Row]:
    linked, factor = records().names(), second_factors.by_account()
    tokens = second_factors.tokens()
    waiting = PasswordLink.objects.filter(used_at=None)
    until = dict(waiting.values_list("user_id", "ends_at"))
    for user in roles.everybody():
        why_not = roles.why_not(doer, user)
        yield Row(
            user=user,
            name=name_of(user),
            role=roles.in_words(user),
            factor=factor.get(user.pk, ""),
            factor_token=tokens.get(user.pk, ""),
            record=linked.get(user.pk, ""),
            waits_until=until.get(user.pk),
            acts=[] if why_not else list(possible(doer, user, user.pk in factor)),
            why_not=why_not,
        )


def possible(doer: User, person: User, has_factor: bool) -> Iterator[tuple[str, str]]:
    if not person.is_active:
        yield "reopen", "Open again"
        return
    yield "link", "New password link"
    if has_factor:
        yield "reset", "Reset second factor"
    if doer.is_superuser and not person.is_superuser:
        if roles.role_of(person) == roles.ATTORNEY:
            yield "make-staff", "Make staff"
            if person.has_usable_password():
                yield "hand-over", "Hand ownership over"
        else:
            yield "make-attorney", "Make attorney"
    yield "close", "Close"


@for_attorneys
@reauthentication_required
def invite(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("people")
    form = InvitationForm(user_of(request), request.POST)
    with transaction.atomic():
        lock_accounts()
        if not form.is_valid():
            return shown(request, form)
        person = form.save()
        done = actions.new_link(actions.Case(user_of(request), person))
    return shown(request, InvitationForm(user_of(request)), done)


@for_attorneys
@reauthentication_required
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One press, after the doer's password or passkey if that was long ago."""
    if request.method != "POST":
        return redirect("people")
    if what in actions.ASKED_EACH_TIME and not was_reauthenticated_for_this(request):
        return ask_to_reauthenticate(request)
    try:
        with transaction.atomic():
            done = do(user_of(request), pk, what, request.POST.get("factor", ""))
    except actions.Refused as error:
        messages.error(request, str(error))
        return redirect("people")
    if done.link:
        # Not kept anywhere, so that it cannot be shown after a redirect.
        return shown(request, InvitationForm(user_of(request)), done)
    messages.success(request, done.sentence)
    return redirect("people")


def do(doer: User, pk: int, what: str, factor: str = "") -> actions.Done:
    """factor: the token of those that the page showed. Raises actions.Refused, and
    Http404 for what is not there."""
    # Of two that are closed at once, the last attorney stays.
    lock_accounts()
    everyone = {user.pk: user for user in roles.everybody()}
    if pk not in everyone or what not in actions.ACTS:
        raise Http404
    # As they are now: since the request began somebody may have changed the doer, too.
    now = everyone.get(doer.pk)
    if now is None or not roles.may_see_people(now):
        raise actions.Refused("Your own role was changed meanwhile. Nothing was done.")
    if why_not := roles.why_not(now, everyone[pk]):
        raise actions.Refused(f"{why_not} Nothing was done.")
    if what == "reset" and factor != second_factors.tokens().get(pk, ""):
        raise actions.Refused(
            f"The second factor of {name_of(everyone[pk])} changed after you opened "
            "this page. Nothing was done. Look at it again first."
        )
    return actions.ACTS[what](actions.Case(now, everyone[pk], list(everyone.values())))
