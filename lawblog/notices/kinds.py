"""The kinds of notices that people at the desk can get. An app registers its kinds of
notices: register_kind(Kind("waiting", "An article waits…", write, may=…)).

A mail holds a sentence and a link. It never holds words of a draft or anything that a
reader did.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User


@dataclass(frozen=True)
class Letter:
    """What a mail says. subject: one short line, without names; sentences: its text;
    path: of the page that it is about, like "/admin/posts/post/7/"."""

    subject: str
    sentences: str
    path: str


def everybody(person: User) -> bool:
    return True


def owner(person: User) -> bool:
    return person.is_superuser


def holders(right: str) -> Callable[[User], bool]:
    """Those who have a right, like "posts.publish_post"."""
    return lambda person: person.has_perm(right)


# (to whom, about what: the number of a row, or a name) → the Letter, or None where it
# is no longer true. Called at sending, so that nothing confidential waits in a table.
Write = Callable[[User, str], Letter | None]


@dataclass(frozen=True)
class Kind:
    """name: as tables keep it. label: as people choose it, like "An article waits for
    approval". may: who can be told at all. wanted: whether people are told until they
    choose. is_chosen: False for what is sent whatever somebody chose, like a link that
    they asked for."""

    name: str
    label: str
    write: Write
    may: Callable[[User], bool] = everybody
    wanted: bool = True
    is_chosen: bool = True


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)


def registered_kind(name: str) -> Kind:
    if (kind := _kinds.get(name)) is None:
        raise LookupError(f"No kind of notice is called {name}.")
    return kind


def open_to(person: User) -> list[Kind]:
    """The kinds among which somebody can choose."""
    return [kind for kind in _kinds.values() if kind.is_chosen and kind.may(person)]
