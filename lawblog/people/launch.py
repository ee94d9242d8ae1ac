"""Second factors of everybody, before readers come."""

from collections.abc import Iterator

from django.urls import reverse

from lawblog.desk.launch import Item

from . import factors
from .roles import everybody


def items() -> Iterator[Item]:
    has = factors.of_everybody()
    # Whoever was invited and has no password yet sets one up on the way in.
    people = (u for u in everybody() if u.is_active and u.has_usable_password())
    yield Item(
        "second-factors",
        "Have everybody set up a second factor, and close accounts that nobody uses",
        "A password alone can be guessed or seen.",
        reverse("people"),
        is_done=all(has.get(user.pk) for user in people),
    )
