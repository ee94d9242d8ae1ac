"""Bring articles of the old site in, as drafts."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import nullcontext
from itertools import chain, count
from typing import Any

import reversion
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from offices.models import Attorney
from posts.importing import (
    Article,
    Outcome,
    Refusal,
    in_words,
    read_files,
    without_pictures,
)
from posts.models import Edition, Post, Topic, not_reserved
from posts.old_addresses.saving import note_import


class Command(BaseCommand):
    help = (
        "Import articles as drafts, each once: what was imported before stays as it "
        "was edited since. Reads exports of Wix, WordPress, Ghost, Blogger, Medium and "
        "Substack, feeds, documents of Word, Markdown, pages saved as HTML, MHTML or "
        "text, and folders and zip archives of these. Nothing becomes public."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument(
            "--dry-run", action="store_true", help="Report everything, save nothing."
        )
        parser.add_argument(
            "--site",
            default="",
            metavar="URL",
            help="The old site's address, for exports that do not tell it.",
        )

    def handle(
        self, *, paths: list[str], dry_run: bool, site: str, **options: Any
    ) -> None:
        if site and not site.startswith(("http://", "https://")):
            raise CommandError("--site is an address like https://www.example.com/")
        refused = 0
        # A dry run saves and takes back, so that it meets whatever a real run meets.
        # A real run saves each article for itself, and can be stopped and run again.
        with transaction.atomic() if dry_run else nullcontext():
            for outcome in read_files(paths, site):
                refused += self._report(outcome, dry_run)
            if dry_run:
                transaction.set_rollback(True)
        if dry_run:
            self.stdout.write("(dry run: nothing saved)")
        if refused:
            raise CommandError(
                f"{'One' if refused == 1 else refused} could not be imported: see “Not "
                "imported” above. Everything else was."
            )

    def _report(self, outcome: Outcome, dry_run: bool) -> int:
        """Save what was read, print what was done; 1 if it was refused."""
        what = outcome.what
        if isinstance(what, Article):
            try:
                text = report(what, outcome.place, dry_run)
            except ValidationError as error:
                what = Refusal(" ".join(error.messages))
            else:
                self.stdout.write(f"{text}\n")
                return 0
        is_refused = isinstance(what, Refusal)
        begin = "Not imported" if is_refused else "Note"
        self.stdout.write(f"{begin}: {outcome.place}: {what.sentence}\n")
        return int(is_refused)


def report(article: Article, place: str, dry_run: bool) -> str:
    """Make the article a draft unless it is one; what was done, as lines of text.
    Raises ValidationError when a field refuses."""
    known = Post.objects.filter(imported_from__in=[article.key, *article.older_keys])
    if post := known.first():
        return f"{article.title}\n  already imported as “{post.title}”; nothing changed"
    with transaction.atomic():
        post = create_draft(article)
    lines = [article.title, f"File: {place}", *_facts(article, post)]
    lines += [
        f"Look at: {finding.sentence}"
        + (f" ({finding.place})" if finding.place else "")
        for finding in article.findings
    ]
    if not dry_run:
        address = reverse("admin:posts_post_change", args=[post.pk])
        lines.append(f"Draft, not public: {settings.SITE_URL}{address}")
    return "\n  ".join(lines)


def _facts(article: Article, post: Post) -> list[str]:
    headings = sum(post.body.count(f"</h{level}>") for level in (2, 3, 4))
    day = post.published_on
    named = {topic.name for topic in post.topics.all()}
    others = [name for name in article.topics if name not in named]
    return [
        f"Date: {date_format(day, 'F j, Y') if day else 'not known'}",
        f"Language: {post.get_language_display()}",
        f"Paragraphs: {post.body.count('</p>')}, sub-headings: {headings}",
        *([f"Topics: {', '.join(sorted(named))}"] if named else []),
        *([f"Topics that are none here: {', '.join(others)}"] if others else []),
        *(
            [f"Author: {article.author}, who is no attorney here"]
            if article.author and not post.author_id
            else []
        ),
        *(f"Old address: {address}" for address in article.old_addresses),
        *(f"Picture not taken over: {in_words(one)}" for one in article.pictures),
    ]


def create_draft(article: Article) -> Post:
    """The saved Post; raises ValidationError when a field refuses."""
    day = article.published_on(timezone.get_current_timezone())
    names = Q(name__iexact=article.author) if article.author else Q(pk=None)
    post = Post(
        title=article.title,
        slug=free_slug(article.slug or article.title),
        # A suggested summary is only printed: nothing would mark it as one.
        summary="" if article.summary_is_suggested else article.summary,
        body=without_pictures(article.body, article.pictures),
        language=article.language,
        author=Attorney.objects.filter(names).first(),
        published_on=day,
        imported_from=article.key,
    )
    if day:
        post.law_as_of = day
    post.full_clean()
    with reversion.create_revision():
        post.save()
        post.topics.set(_topics(article))
    note_import(post, article.old_addresses)
    return post


def _topics(article: Article) -> list[Topic]:
    """Those of our topics that the article was filed under; none is made."""
    wanted = {slugify(name) for name in article.topics} - {""}
    return [
        topic
        for topic in Topic.objects.all()
        if topic.slug in wanted or slugify(topic.name) in wanted
    ]


def free_slug(words: str) -> str:
    """An address from words, with -2, -3 … where that is or was another page's."""
    # 100 characters, less room for the number.
    base = slugify(words)[:95].rstrip("-") or "article"
    slugs = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(slug for slug in slugs if _is_free(slug))


def _is_free(slug: str) -> bool:
    try:
        not_reserved(slug)
    except ValidationError:
        return False
    return not any(
        model.objects.filter(slug__iexact=slug).exists() for model in (Post, Edition)
    )
