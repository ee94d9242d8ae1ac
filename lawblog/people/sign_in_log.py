"""The page of sign-ins, for the owner: who signed in and who was refused, from the
record."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from lawblog.desk.pages import framed_page
from lawblog.records.models import Entry

from .accounts import user_of

SIGN_INS_SHOWN = 200
ALLOWED, REFUSED = "signed in", "sign-in refused"


@dataclass(frozen=True)
class LoggedSignIn:
    """`how`: like "password, authenticator app"; `is_new`: from a browser in which they
    had not signed in before."""

    at: datetime
    who: str
    allowed: bool
    how: str
    is_new: bool


def newest_sign_ins() -> list[LoggedSignIn]:
    entries = Entry.objects.filter(kind__in=(ALLOWED, REFUSED)).order_by("-seq")
    return [_read(entry) for entry in entries[:SIGN_INS_SHOWN]]


def _read(entry: Entry) -> LoggedSignIn:
    line = json.loads(entry.line)
    facts = line["facts"]
    allowed = entry.kind == ALLOWED
    return LoggedSignIn(
        at=entry.at,
        who=line["by"]["name"] if allowed else line["note"],
        allowed=allowed,
        how=facts.get("how", ""),
        is_new=facts.get("known_browser") is False,
    )


def page(request: HttpRequest) -> HttpResponse:
    if not user_of(request).is_superuser:
        raise PermissionDenied
    return framed_page(
        request,
        "admin/sign_ins.html",
        title="Sign-ins",
        sign_ins=newest_sign_ins(),
        shown=SIGN_INS_SHOWN,
    )
