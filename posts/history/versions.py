"""The states of an article: every save and every edition, and how they differ."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reversion.models import Version

from lawblog.html.cleaning import clean
from lawblog.html.diff import Block, compare
from lawblog.people.accounts import name_of
from posts.models import Edition, Post, Topic
from posts.publishing.digest import LATER_FIELDS

from .field_labels import (
    COMPARED_FIELDS,
    Names,
    field_label,
    topic_and_author_names,
    value_in_words,
)

# Fields that the oldest saves do not have.
NONE_YET = dict.fromkeys([*LATER_FIELDS, "published_on"])


@dataclass(frozen=True)
class State:
    """An article as one save or one edition has it.

    `key` stands for it in addresses: "v" or "e" and a number. `values`: fields by
    name. `topics`: numbers of rows. `names`: what those and other rows were called.
    """

    key: str
    at: datetime
    by: str
    what: str
    values: dict[str, Any]
    topics: list[int]
    names: Names = field(default_factory=dict)

    @property
    def words(self) -> dict[str, str]:
        """{label: words} of everything but the text."""
        return {
            field_label(name): value_in_words(name, self.values[name], self.names)
            for name in COMPARED_FIELDS
            if name != "body"
        } | {"Topics": ", ".join(self.names.get(("topic", t), "") for t in self.topics)}

    @property
    def body(self) -> str:
        # An old row may hold what today's allow-list refuses.
        return clean(self.values["body"])


def saves(post: Post) -> list[State]:
    """The States of the working copy, oldest first, without saves that changed
    nothing."""
    versions = Version.objects.get_for_object(post).select_related("revision__user")
    found: list[State] = []
    called = topic_and_author_names()
    for version in versions.order_by("pk"):
        state = as_saved(version, called)
        if not (found and _same(found[-1], state.values, state.topics)):
            found.append(state)
    return found


def as_saved(version: Version, called: Names | None = None) -> State:
    """The State that a version of an article holds."""
    values = {**NONE_YET, **version.field_dict}
    topics = sorted(map(int, values.pop("topics", [])))
    user, at = version.revision.user, version.revision.date_created
    by = name_of(user) if user else "a command"
    called = topic_and_author_names() if called is None else called
    return State(f"v{version.pk}", at, by, "Saved", values, topics, called)


def approved(post: Post) -> list[State]:
    """The States of the editions, oldest first."""
    editions, called = post.editions.order_by("number"), topic_and_author_names()
    return [as_state(e, called) for e in editions.prefetch_related("topics")]


def as_state(edition: Edition, called: Names) -> State:
    topics = sorted(topic.pk for topic in edition.topics.all())
    if edition.author_id:
        called = {**called, ("author_id", edition.author_id): edition.author_name}
    values = {**edition.copied_words(), "published_on": edition.published_on}
    return State(
        f"e{edition.number}",
        edition.approved_at,
        edition.approved_by_name,
        f"Edition {edition.number} approved",
        values,
        topics,
        called,
    )


def working_copy(post: Post, topics: Iterable[Topic] | None = None) -> State:
    """topics: those of a form, where they differ from the row's."""
    values = {name: getattr(post, name) for name in COMPARED_FIELDS}
    filed_under = post.topics.all() if topics is None else topics
    numbers = sorted(topic.pk for topic in filed_under)
    by = str(post.updated_by or "")
    return State(
        "now",
        post.updated_at,
        by,
        "As it is now",
        values,
        numbers,
        topic_and_author_names(),
    )


def find(post: Post, key: str) -> State:
    """The State with this key; KeyError when the article has none."""
    states = [working_copy(post), *saves(post), *approved(post)]
    return {state.key: state for state in states}[key]


def changes(
    before: State, after: State
) -> tuple[list[tuple[str, str, str]], list[Block]]:
    """What differs: [(label, old words, new words)] and the Blocks of the texts."""
    old, new = before.words, after.words
    fields = [
        (label, old[label], new[label]) for label in new if old[label] != new[label]
    ]
    return fields, _compared(before.body, after.body)


def _compared(old: str, new: str) -> list[Block]:
    return compare(old, new) if old != new else []


def on(post: Post, start: datetime, end: datetime) -> list[Edition]:
    """The editions that readers could see at some time between two moments (both
    aware), oldest first."""
    shown = Edition.objects.ever_public(at=end).filter(post=post)
    return [
        edition
        for edition in shown.order_by("live_from")
        if not edition.live_until or edition.live_until > start
    ]


def _same(state: State, values: dict[str, Any], topics: list[int]) -> bool:
    before = {name: state.values[name] for name in COMPARED_FIELDS}
    return (
        before == {name: values[name] for name in COMPARED_FIELDS}
        and state.topics == topics
    )
