"""What the attorney is shown before approving an article."""

from typing import Any

from lawblog.html.diff import compare
from lawblog.site.deadlines import with_deadlines
from posts import publishing
from posts.checks import Finding
from posts.history.field_labels import field_label
from posts.law.index import keys_of
from posts.models import DraftFinding, Edition, LawNotice, PassageNote, Post
from posts.public.glossary import read_with_terms

from .passages import passages
from .where_used import where_used


def approval_context(
    candidate: publishing.Candidate, found: list[Finding]
) -> dict[str, Any]:
    """The context for approval: the findings (`found`), and the whole text or what
    changes in it."""
    post = candidate.post
    live = post.editions.live().first()
    moves = live is not None and live.slug != post.slug
    return {
        "findings": found,
        "noted": len(DraftFinding.objects.open_in(post)),
        "obstacles": publishing.obstacles(candidate, approved=True),
        "is_stopped": bool(publishing.problems(candidate, approved=True)),
        **({} if live else _whole_text(candidate.edition, found)),
        "new_names": candidate.new_names,
        "live": live,
        "cover": _new_cover(live, candidate.edition),
        "cover_words": candidate.edition.cover_words,
        "postpones": post.is_on_site_or_scheduled and not candidate.was_read,
        "moves": moves,
        "used": where_used(post) if moves else None,
        "law_changes": _law_changes(candidate.edition),
        "changes": _changed_fields(live, post) if live else [],
        "blocks": compare(live.body, post.body) if live else [],
    }


def _law_changes(edition: Edition) -> list[LawNotice]:
    """Notices that readers see, or will see, of the law that the text rests on."""
    keys = keys_of(edition)
    notices = LawNotice.objects.open()
    return [n for n in notices if n.reaches(keys, edition.post_id)]


def _whole_text(edition: Edition, found: list[Finding]) -> dict[str, Any]:
    """A text that was never public, as readers will see it, with each finding beside
    its passage."""
    reading = read_with_terms(edition)
    notes = PassageNote.objects.of(edition.post)
    waiting = [note for note in notes if not note.resolved_at]
    return {
        "edition": edition,
        "facts": _facts(edition),
        "passages": passages(
            edition.body, with_deadlines(reading.html), found, waiting
        ),
        "findings": [finding for finding in found if not finding.block],
        "notes": list(map(with_deadlines, reading.notes)),
    }


def _facts(edition: Edition) -> list[tuple[str, Any]]:
    """(label, value) of what readers will see beside the text, and its address."""
    names = "author law_as_of review_by superseded_by translation_of series part"
    facts = [(field_label(name), getattr(edition, name)) for name in names.split()]
    told = [
        ("address", edition.get_absolute_url()),
        ("date", "" if edition.kind else edition.published_on),
        ("kind", edition.kind and edition.get_kind_display()),
        ("topics", ", ".join(edition.topic_names)),
        *facts,
    ]
    return [(name, value) for name, value in told if value]


def _changed_fields(live: Edition, post: Post) -> list[tuple[str, Any, Any]]:
    """(name, before, after) of what changed outside the text."""
    old = [topic.name for topic in live.topics.all()]
    new = [topic.name for topic in post.topics.all()]
    day = live.published_on
    pairs: list[tuple[str, Any, Any]] = [("topics", ", ".join(old), ", ".join(new))]
    pairs.append(("date", day, post.published_on or day))
    names = """
        kind title summary slug language author law_as_of review_by superseded_by
        translation_of series part cover cover_alt cover_x cover_y
    """
    for name in names.split():
        pairs.append((field_label(name), getattr(live, name), getattr(post, name)))
    return [pair for pair in pairs if (pair[1] or "") != (pair[2] or "")]


def _new_cover(live: Edition | None, edition: Edition) -> str:
    """The address of a cover picture that readers have not seen; else nothing."""
    same = live and live.cover == edition.cover
    return "" if same or not edition.cover else edition.cover
