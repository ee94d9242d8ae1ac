"""Articles, words, series and topics that readers must not see, each told as a story:
story(make) with make(title, **fields) → a draft at the story's own address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from posts import publishing
from posts.models import Post, Series, Term

HIDDEN = "Zyzzyva"
SECRET = f"{HIDDEN} one"
Make = Callable[..., Post]


def address_of(story: Callable[[Make], Any]) -> str:
    return f"hidden-{story.__name__.replace('_', '-')}"


def part() -> dict[str, Any]:
    """The fields of the next part of a series."""
    series, _ = Series.objects.get_or_create(name="A series", slug="a-series")
    return {"series": series, "part": Post.objects.filter(series=series).count() + 1}


def draft(make: Make, **fields: Any) -> Post:
    return make(SECRET, topics=["Asylum"], **part(), **fields)


def draft_of_a_guide(make: Make) -> Post:
    return make(SECRET, topics=["Asylum"], kind="guide")


def draft_of_a_card(make: Make) -> Post:
    return make(SECRET, kind="card", body=f"<p>{SECRET}.</p>")


def waiting(make: Make) -> None:
    draft(make, submitted_at=timezone.now())


def scheduled(make: Make) -> Post:
    post = draft(make)
    publishing.publish(post, by=None, at=timezone.now() + timedelta(hours=1))
    return post


def cancelled(make: Make) -> None:
    publishing.cancel(scheduled(make), by=None)


def withdrawn(make: Make) -> None:
    publishing.withdraw(publishing.publish(draft(make), by=None).post, by=None)


def secret_topic(make: Make) -> None:
    """A topic that only a draft has is not public either."""
    make("A draft", topics=[HIDDEN, "Asylum"])


def secret_series(make: Make) -> None:
    """A series that only a draft is in is not public either."""
    series = Series.objects.create(name=HIDDEN, slug="zyzzyva")
    make("A draft", topics=["Asylum"], series=series, part=1)


def suggested_word(make: Make) -> None:
    """What staff suggest for the glossary, though a live article has the word."""
    Term.objects.create(term="hearing", explanation=f"It is {HIDDEN}.")


def explained_by_a_draft(make: Make) -> None:
    word = {"term": "parole", "explanation": "A stay.", "is_public": True}
    Term.objects.create(article=draft(make), **word)


def superseded(make: Make) -> None:
    """The old words are secret; the new ones are live at the same address."""
    post = draft(make)
    publishing.publish(post, by=None)
    _rewrite(post, title="Harmless", summary="Harmless.", body="<p>Harmless.</p>")
    publishing.publish(post, by=None)


def edited_since(make: Make) -> Post:
    """The live words are harmless; the desk's are secret."""
    post = make("Harmless", topics=["Asylum"])
    publishing.publish(post, by=None)
    _rewrite(post, title=HIDDEN, summary=HIDDEN, body=f"<p>{HIDDEN}</p>")
    return post


def update_scheduled(make: Make) -> None:
    post = edited_since(make)
    publishing.publish(post, by=None, at=timezone.now() + timedelta(hours=1))


def _rewrite(post: Post, **fields: str) -> None:
    for name, value in fields.items():
        setattr(post, name, value)
    post.save()


# Of which nothing is live, and of which something else is: told apart, so that what is
# live does not fill the lists on which the others might show.
NOTHING_LIVE = [
    draft,
    draft_of_a_guide,
    draft_of_a_card,
    waiting,
    scheduled,
    cancelled,
    withdrawn,
    secret_topic,
    secret_series,
    suggested_word,
    explained_by_a_draft,
]
SOMETHING_LIVE = [superseded, edited_since, update_scheduled]
