"""Who is signed in."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest


def user_of(request: HttpRequest) -> User:
    """The account behind a request to the desk, which admin_view() lets nobody else
    reach."""
    return cast(User, request.user)
