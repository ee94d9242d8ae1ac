"""The launch checklist: what has to be done before the site goes public. The desk shows
it, and `check --deploy` reads it.

An app registers a function that gives its items: register_launch_items(items,
place=20).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from lawblog.people.accounts import is_attorney, user_of

from .pages import framed_page


@dataclass(frozen=True)
class Item:
    """One thing to do. key: its name among all, like "firm-name". words: what to do,
    without a full stop. why: a sentence. address: the page of the desk where it is
    done. needs: a right with which staff may do it too."""

    key: str
    words: str
    why: str
    address: str
    is_done: bool
    needs: str = ""


Items = Callable[[], Iterable[Item]]
_registered: list[tuple[int, Items]] = []


def register_launch_items(items: Items, *, place: int) -> None:
    """Adds what items() gives, between what has a lower place and what has a higher."""
    _registered.append((place, items))


def items() -> list[Item]:
    """Everything, done or not. Raises DatabaseError before `migrate`."""
    in_order = sorted(_registered, key=lambda each: each[0])
    return [item for _, function in in_order for item in function()]


def items_for(user: User) -> list[Item]:
    """What this person may do, in the order of items(): an attorney, everything."""
    if is_attorney(user):
        return items()
    return [item for item in items() if item.needs and user.has_perm(item.needs)]


@register("launch", deploy=True)
def ready_for_readers(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The list as a system check, for `check --deploy`."""
    try:
        left = [item for item in items() if not item.is_done]
    except DatabaseError as error:
        hint = "Run manage.py migrate and manage.py setup."
        words = f"The firm's record cannot be read: {error}"
        return [Error(words, hint=hint, id="launch.database")]
    return [
        Error(
            f"{item.words}.",
            hint=f"{item.why} {settings.SITE_URL}{item.address}",
            id=f"launch.{item.key}",
        )
        for item in left
    ]


@dataclass(frozen=True)
class Progress:
    """What is left to do and what is done, for the panel and its page."""

    left: list[Item]
    done: list[Item]

    @property
    def total(self) -> int:
        return len(self.left) + len(self.done)


def progress(user: User) -> Progress:
    found = items_for(user)
    return Progress(
        [item for item in found if not item.is_done],
        [item for item in found if item.is_done],
    )


def page(request: HttpRequest) -> HttpResponse:
    """The list with its reasons. Refuses whoever could do nothing of it."""
    found = progress(user_of(request))
    if not found.total:
        raise PermissionDenied
    return framed_page(
        request,
        "admin/launch.html",
        title="Before launch",
        launch=found,
        is_whole=is_attorney(user_of(request)),
    )
