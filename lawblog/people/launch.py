"""For the launch checklist: the owner's name and everybody's second factor."""

from collections.abc import Iterator

from django.urls import reverse

from lawblog.desk.launch import Item

from . import second_factors
from .roles import everybody


def items() -> Iterator[Item]:
    nameless = [u for u in everybody() if u.is_superuser and not u.get_full_name()]
    yield Item(
        "owner-name",
        "Enter the owner’s full name, under “Your account”",
        "The record says who approved; without a name nothing can be approved.",
        f"{reverse('mfa_index')}#id_name",
        is_done=not any(user.is_active for user in nameless),
    )
    has = second_factors.by_account()
    # Whoever was invited and has no password yet sets one up on the way in.
    people = (u for u in everybody() if u.is_active and u.has_usable_password())
    yield Item(
        "second-factors",
        "Have everybody set up a second factor, and close accounts that nobody uses",
        "A password alone can be guessed or seen.",
        reverse("people"),
        is_done=all(has.get(user.pk) for user in people),
    )
