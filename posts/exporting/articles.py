"""Exports every article as Markdown, and what readers see as HTML, too."""

import json
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from lawblog.keeping.progress import Progress
from posts.importing.own_export import EXPORT_MARKER, WRITTEN_BY
from posts.models import Edition, OldAddress, Post

from .cross_references import CrossReferences
from .markdown import to_markdown

ROW_BATCH = 200
PAGE = """\
<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


def write(folder: Path) -> str:
    """Writes "articles/en/SLUG.md", "html/es/SLUG.html", "drafts/SLUG.md" and
    "changes/SLUG.md"."""
    references = CrossReferences.read()
    live, changed = write_live(folder, references)
    unseen = write_unseen(folder / "drafts", references)
    write_text(
        folder / EXPORT_MARKER, json.dumps({"format": "lawblog export", "version": 1})
    )
    return (
        f"articles/: {live:,} articles as Markdown, with the facts at the top; html/: "
        f"the same as HTML; drafts/: {unseen:,} that readers do not see, being never "
        f"published, scheduled or withdrawn; changes/: {changed:,} working copies of "
        "articles that say something else."
    )


def write_live(folder: Path, references: CrossReferences) -> tuple[int, int]:
    """How many articles, and of how many the working copy is another text."""
    live = Edition.objects.live().select_related("author", "series", "post")
    live = live.prefetch_related("topics", "post__topics").order_by("pk")
    changed = 0
    with Progress("Articles", live.count()) as progress:
        for edition in live.iterator(chunk_size=ROW_BATCH):
            facts = {**facts_of(edition), **facts_of_edition(edition)}
            facts |= references.of(edition, edition.post_id)
            write_markdown(folder / "articles" / edition.language, edition, facts)
            write_html(folder / "html" / edition.language, edition)
            if not edition.says_the_same_as(edition.post):
                facts = facts_of_post(edition.post, references)
                write_markdown(folder / "changes", edition.post, facts)
                changed += 1
            progress(1)
    return progress.done, changed


def write_unseen(folder: Path, references: CrossReferences) -> int:
    """The working copies of all that is not live; how many."""
    live = Edition.objects.live().values("post")
    posts = Post.objects.exclude(pk__in=live).select_related("author", "series")
    posts = posts.prefetch_related("topics").order_by("pk")
    count = 0
    for post in posts.iterator(chunk_size=ROW_BATCH):
        facts = {**facts_of_post(post, references), "draft": True}
        write_markdown(folder, post, facts)
        count += 1
    return count


def facts_of(words: Edition | Post) -> dict[str, Any]:
    """The front matter of articles and drafts, under names that other programs know."""
    topics = sorted(words.topics.all(), key=lambda topic: topic.name)
    facts = {
        "title": words.title,
        "kind": words.kind,
        "slug": words.slug,
        "lang": words.language,
        "description": words.summary,
        "topics": [topic.name for topic in topics],
        "topic_addresses": [topic.slug for topic in topics],
        "law_as_of": words.law_as_of.isoformat(),
        "review_by": words.review_by and words.review_by.isoformat(),
        "author": words.author.name if words.author else "",
        "series": words.series.name if words.series else "",
        "series_address": words.series.slug if words.series else "",
        "part": words.part,
        "cover": words.cover,
        "cover_alt": words.cover_alt,
        "cover_focus": words.cover and "{} {}".format(*words.cover_focus),
        # By which the importer knows that all of it is to be believed.
        "written_by": WRITTEN_BY,
    }
    return {name: value for name, value in facts.items() if value}


def facts_of_post(post: Post, references: CrossReferences) -> dict[str, Any]:
    facts = {**facts_of(post), **references.of(post, post.pk)}
    # Readers may have its address.
    if post.editions.ever_public().exists():
        facts["url"] = settings.SITE_URL + post.get_absolute_url()
    return facts | ({"date": day.isoformat()} if (day := post.published_on) else {})


def facts_of_edition(edition: Edition) -> dict[str, Any]:
    return {
        "date": edition.published_on.isoformat(),
        "modified": edition.modified_at.isoformat(),
        "url": settings.SITE_URL + edition.get_absolute_url(),
        "edition": edition.number,
        "approved_by": edition.approved_by_name,
        "approved_at": edition.approved_at.isoformat(),
        "sha256": edition.digest,
    }


def write_markdown(folder: Path, words: Edition | Post, facts: dict[str, Any]) -> None:
    if facts.get("cover"):
        facts = {**facts, "cover": with_own_pictures(folder, facts["cover"])}
    head = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=10**6)
    text = f"---\n{head}---\n\n{to_markdown(with_own_pictures(folder, words.body))}"
    write_text(folder / f"{words.slug}.md", text)


def write_html(folder: Path, words: Edition) -> None:
    body = with_own_pictures(folder, words.body)
    page = PAGE.format(language=words.language, title=escape(words.title), body=body)
    write_text(folder / f"{words.slug}.html", page)


def with_own_pictures(folder: Path, body: str) -> str:
    """Pictures stand in "media/", beside the folder of texts or of languages."""
    up = "../" if folder.name in ("drafts", "changes") else "../../"
    return re.sub(r'(^|src=")/media/', rf"\1{up}media/", body)


def write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def former_paths() -> Iterable[str]:
    """Paths at which an article was once read, here or on the site before this."""
    yield from OldAddress.objects.values_list("address", flat=True).iterator()
    for edition in Edition.objects.ever_public().only("slug", "language").iterator():
        yield edition.get_absolute_url()
