"""Who is sent a notice."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

from .kinds import Kind
from .models import Choice


def at_the_desk() -> QuerySet[User]:
    return User.objects.filter(is_active=True, is_staff=True).order_by("pk")


def is_told(person: User, kind: Kind, address: str = "") -> bool:
    """Whether somebody is at the desk, can get mail, may know, and wants to. address:
    where it goes, if not to the person's own."""
    at_desk = person.is_active and person.is_staff and bool(address or person.email)
    return at_desk and kind.may(person) and Choice.objects.wants(person, kind)
