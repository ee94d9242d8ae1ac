"""Notices about somebody's own account; of a new browser the owner is told, too."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from lawblog.people.known_browsers import browser_number

from .audience import at_the_desk
from .desk_notices import ACCOUNT, LINK, SIGN_IN
from .outbox import notify


def tell_of_sign_in(
    sender: object, request: HttpRequest | None, user: User, **kwargs: object
) -> None:
    """Receiver of user_logged_in."""
    if request and browser_number(request, user.pk):
        return
    told = at_the_desk().filter(Q(pk=user.pk) | Q(is_superuser=True))
    with transaction.atomic():
        notify(SIGN_IN, about=user, to=told)


def send_link(user: User) -> bool:
    """Have a password link sent; whether it is on its way."""
    return bool(notify(LINK, to=[user]))


def tell_of_change(user: User, what: str, address: str) -> None:
    notify(ACCOUNT, about=what, to=[user], address=address)
