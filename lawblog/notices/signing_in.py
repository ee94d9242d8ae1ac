"""Somebody signed in from a new browser: they are told, and so is the owner."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from lawblog.people.signin import known_browser

from .audience import at_the_desk
from .outbox import notify
from .own_kinds import SIGN_IN


def tell_of_sign_in(
    sender: object, request: HttpRequest | None, user: User, **kwargs: object
) -> None:
    """Receiver of user_logged_in."""
    if known_browser(request, user.get_username()):
        return
    told = at_the_desk().filter(Q(pk=user.pk) | Q(is_superuser=True))
    with transaction.atomic():
        notify(SIGN_IN, about=user, to=told)
