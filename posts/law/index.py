"""The index of each edition's authorities: made from its words when it is published,
and again when the grammar or the attorney's choice changes."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet

from lawblog.html.richtext import to_text
from posts.authorities import VERSION, ancestors, citations
from posts.authorities.known_cases import SAME
from posts.models import AuthorityChoice, AuthorityIndex, Edition, EditionAuthority

from . import counts

EDITION_BATCH = 500
# Tables that follow from the others: no archive carries them.
DERIVED = "posts.EditionAuthority", "posts.AuthorityCount", "posts.AuthorityIndex"


def canonical_key(key: str) -> str:
    """A case by its name is the case in the reporter."""
    return SAME.get(key, key)


def keys_in(title: str, summary: str, body: str) -> list[str]:
    """The keys that an article's words name, each once, in their order. body: cleaned
    HTML. About 5 ms for 1,500 words."""
    text = "\n\n".join([title, summary, to_text(body)])
    return list(dict.fromkeys(canonical_key(found.key) for found in citations(text)))


def keys_of(edition: Edition) -> list[str]:
    """The keys that an edition, saved or not, rests on: what its words name, without
    what the attorney struck, and then what the attorney added."""
    choices = AuthorityChoice.objects.filter(post=edition.post_id).order_by("pk")
    return _chosen(edition, list(choices))


def _chosen(edition: Edition, choices: list[AuthorityChoice]) -> list[str]:
    struck = {choice.key for choice in choices if choice.is_struck}
    added = [choice.key for choice in choices if not choice.is_struck]
    found = keys_in(edition.title, edition.summary, edition.body)
    return list(dict.fromkeys([*(key for key in found if key not in struck), *added]))


def add(editions: Iterable[Edition]) -> None:
    """Note the authorities of saved editions that have none noted yet. Belongs in the
    transaction that saves them."""
    editions = list(editions)
    posts = {edition.post_id for edition in editions}
    by_post: dict[int, list[AuthorityChoice]] = {}
    for choice in AuthorityChoice.objects.filter(post__in=posts).order_by("pk"):
        by_post.setdefault(choice.post_id, []).append(choice)
    EditionAuthority.objects.bulk_create(
        (row for e in editions for row in _rows(e, by_post.get(e.post_id, []))),
        batch_size=EDITION_BATCH,
    )


def _rows(
    edition: Edition, choices: list[AuthorityChoice]
) -> Iterator[EditionAuthority]:
    named = _chosen(edition, choices)
    above = [parent for key in named for parent in ancestors(key)]
    for key in dict.fromkeys([*named, *above]):
        yield EditionAuthority(
            edition=edition,
            key=key,
            is_named=key in named,
            language=edition.language,
            published_on=edition.published_on,
            law_as_of=edition.law_as_of,
        )


@transaction.atomic
def reindex(editions: QuerySet[Edition]) -> int:
    """Note the authorities of these editions afresh. Returns how many editions."""
    needed = "title summary body language published_on law_as_of post".split()
    waiting = editions.only(*needed).order_by("pk").iterator(chunk_size=EDITION_BATCH)
    count = 0
    while batch := list(islice(waiting, EDITION_BATCH)):
        EditionAuthority.objects.filter(edition__in=batch).delete()
        add(batch)
        count += len(batch)
    return count


@transaction.atomic
def rebuild() -> int:
    """The authorities of every edition, and their counts. Some 5 ms an edition."""
    count = reindex(Edition.objects.all())
    counts.recount()
    AuthorityIndex.objects.all().delete()
    AuthorityIndex.objects.create(grammar=VERSION)
    return count


def is_outdated() -> bool:
    """Whether the rows are of another grammar than this one, or of none."""
    return not AuthorityIndex.objects.filter(grammar=VERSION).exists()
