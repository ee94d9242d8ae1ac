"""What an article said at every save and in every edition, and the way back there."""

from dataclasses import dataclass, field
from datetime import datetime

import reversion
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from reversion.models import Version

from lawblog.html.diff import compare
from lawblog.html.richtext import clean
from offices.models import Attorney
from posts.models import COPIED, Edition, Post, Series, Topic

KEPT = [*COPIED, "published_on"]
# Fields that the oldest saves do not have: rows of other tables, and plain values.
LATER_ROWS = {"superseded_by_id": Post, "translation_of_id": Post, "series_id": Series}
NONE_YET = dict.fromkeys([*LATER_ROWS, "published_on", "part"])


@dataclass(frozen=True)
class State:
    """An article as one save or one edition has it.

    `key` names it in addresses: "v" or "e" and a number. `values`: the fields by
    name, `topics`: rows' numbers, `names`: what those and other rows were called.
    """

    key: str
    at: datetime
    by: str
    what: str
    values: dict
    topics: list
    names: dict = field(default_factory=dict)

    @property
    def words(self):
        """{label: words} of everything but the text."""
        return {
            _label(name): _in_words(name, self.values[name], self.names)
            for name in KEPT
            if name != "body"
        } | {"Topics": ", ".join(self.names.get(("topic", t), "") for t in self.topics)}

    @property
    def body(self):
        # Old rows may be older than the present allow-list.
        return clean(self.values["body"])


def saves(post):
    """The States of the working copy, oldest first; a save that changed nothing is
    none."""
    versions = Version.objects.get_for_object(post).select_related("revision__user")
    found, names = [], _names()
    for version in versions.order_by("pk"):
        state = as_saved(version, names)
        if not (found and _same(found[-1], state.values, state.topics)):
            found.append(state)
    return found


def as_saved(version, names=None):
    """The State that a version of an article holds."""
    values = {**NONE_YET, **version.field_dict}
    topics = sorted(map(int, values.pop("topics", [])))
    user, at = version.revision.user, version.revision.date_created
    by = str(user.get_full_name() or user) if user else "a command"
    names = _names() if names is None else names
    return State(f"v{version.pk}", at, by, "Saved", values, topics, names)


def approved(post):
    """The States of the editions, oldest first."""
    editions, names = post.editions.order_by("number"), _names()
    return [as_state(e, names) for e in editions.prefetch_related("topics")]


def as_state(edition, names):
    topics = sorted(topic.pk for topic in edition.topics.all())
    if edition.author_id:
        names = {**names, ("author_id", edition.author_id): edition.author_name}
    values = {**edition.copied_words(), "published_on": edition.published_on}
    return State(
        f"e{edition.number}",
        edition.approved_at,
        edition.approved_by_name,
        f"Edition {edition.number} approved",
        values,
        topics,
        names,
    )


def working_copy(post, topics=None):
    """topics: where a form holds other ones than the row."""
    values = {name: getattr(post, name) for name in KEPT}
    topics = sorted(t.pk for t in (post.topics.all() if topics is None else topics))
    by = str(post.updated_by or "")
    return State("now", post.updated_at, by, "As it is now", values, topics, _names())


def find(post, key):
    """The State with this key; KeyError when the article has none."""
    states = [working_copy(post), *saves(post), *approved(post)]
    return {state.key: state for state in states}[key]


def changes(before, after):
    """What differs: [(label, old words, new words)] and the Blocks of the texts."""
    old, new = before.words, after.words
    fields = [
        (label, old[label], new[label]) for label in new if old[label] != new[label]
    ]
    return fields, _compared(before.body, after.body)


def _compared(old, new):
    return compare(old, new) if old != new else []


def restore(post, state):
    """Make the working copy say what it said; the public reads on what it read.

    Saves a version. Returns sentences on what could not be put back; raises
    ValidationError when the rest no longer fits.
    """
    left_out = []
    for name in KEPT:
        setattr(post, name, state.values[name])
    rows = {"author_id": Attorney, **LATER_ROWS}
    for name, model in rows.items():
        value = state.values[name]
        if value and not model.objects.filter(pk=value).exists():
            setattr(post, name, None)
            left_out.append(f"{_label(name)} is gone and was left out.")
    if not post.series_id:
        post.part = None
    present = Post.objects.filter(pk=post.pk).first()
    try:
        post.full_clean()
    except ValidationError as error:
        if "slug" not in error.message_dict or not present:
            raise
        post.slug = present.slug
        left_out.append(
            "Another article has the former address; the present one stays."
        )
        post.full_clean()
    topics = Topic.objects.filter(pk__in=state.topics)
    if len(topics) < len(state.topics):
        left_out.append("A topic is gone and was left out.")
    with reversion.create_revision():
        post.save()
        post.topics.set(topics)
    return left_out


def on(post, start, end):
    """The editions that readers could see from one moment to another (both aware),
    oldest first."""
    shown = Edition.objects.ever_public(at=end).filter(post=post)
    return [
        edition
        for edition in shown.order_by("live_from")
        if not edition.live_until or edition.live_until > start
    ]


def _same(state, values, topics):
    before = {name: state.values[name] for name in KEPT}
    return before == {name: values[name] for name in KEPT} and state.topics == topics


def _names():
    """{(kind, row number): what people call it}."""
    names = {
        ("topic", pk): name for pk, name in Topic.objects.values_list("pk", "name")
    }
    people = Attorney.objects.values_list("pk", "name")
    return names | {("author_id", pk): name for pk, name in people}


def _label(name):
    words = str(Post._meta.get_field(name.removesuffix("_id")).verbose_name)
    return words[:1].upper() + words[1:]


def _in_words(name, value, names):
    if value in (None, ""):
        return ""
    if name in ("published_on", "law_as_of", "review_by"):
        return date_format(value, "F j, Y")
    if name in LATER_ROWS:
        row = LATER_ROWS[name].objects.filter(pk=value).first()
        return str(row or "a row since deleted")
    if name == "author_id":
        return names.get((name, value), "someone since removed")
    return str(value)
