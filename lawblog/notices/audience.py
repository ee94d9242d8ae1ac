"""Who is told."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

from .kinds import Kind
from .models import Choice


def at_the_desk() -> QuerySet[User]:
    return User.objects.filter(is_active=True, is_staff=True).order_by("pk")


def is_told(person: User, kind: Kind) -> bool:
    """Whether somebody is at the desk, can get mail, may know, and wants to."""
    at_desk = person.is_active and person.is_staff and bool(person.email)
    return at_desk and kind.may(person) and Choice.objects.wants(person, kind)
