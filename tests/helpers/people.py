"""The people of the desk, and their browsers."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from helpers.noted import Noted
from lawblog.people.models import DeskSession

# Numbers that no counter comes to.
ANNA, SAM = 1_000_001, 1_000_002


@pytest.fixture
def attorney(finished_firm: None, noted: Noted) -> User:
    """In the role Attorney and nothing more: the first account is a superuser."""
    noted.again("anna", lambda: _join(ANNA, "anna", "Attorney"))
    return User.objects.get(pk=ANNA)


@pytest.fixture
def staff(set_up: None, noted: Noted) -> User:
    noted.again("sam", lambda: _join(SAM, "sam", "Office staff"))
    return User.objects.get(pk=SAM)


def _join(number: int, username: str, role: str) -> None:
    user = User.objects.create_user(
        username,
        pk=number,
        password="correct horse",
        is_staff=True,
        first_name=username.capitalize(),
        last_name="Example",
    )
    user.groups.add(Group.objects.get(name=role))


@pytest.fixture
def attorney_client(attorney: User, client: Client, noted: Noted) -> Client:
    return _signed_in(attorney, client, noted)


@pytest.fixture
def staff_client(staff: User, client: Client, noted: Noted) -> Client:
    return _signed_in(staff, client, noted)


def _signed_in(user: User, client: Client, noted: Noted) -> Client:
    key = noted.again(f"{user} signs in", lambda: _key_of(user))
    # It began when it was noted, and is to last from now.
    ends = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    DeskSession.objects.filter(pk=key).update(expire_date=ends)
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


def _key_of(user: User) -> str:
    """The key of a session of theirs."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
