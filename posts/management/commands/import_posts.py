"""Bring articles of the old site in, as drafts."""

from itertools import chain, count

import reversion
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import slugify

from posts.importing import CannotRead, read
from posts.models import Edition, Post, not_reserved


class Command(BaseCommand):
    help = (
        "Import articles as drafts, each once: what was imported before stays as it "
        "was edited since. Nothing becomes public."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="Report everything, save nothing."
        )

    def handle(self, *, files, dry_run, **options):
        try:
            articles = [article for file in files for article in read(file)]
        except CannotRead as error:
            raise CommandError(str(error)) from None
        # A dry run saves and takes back, so that it meets whatever a real run meets.
        with transaction.atomic():
            reports = [report(article, dry_run) for article in articles]
            transaction.set_rollback(dry_run)
        self.stdout.write("\n\n".join(reports))
        if dry_run:
            self.stdout.write("(dry run: nothing saved)")


def report(article, dry_run):
    """Make the article a draft unless it is one; what was done, as lines of text."""
    known = Post.objects.filter(imported_from=article.key).first()
    if known:
        return (
            f"{article.title}\n  already imported as “{known.title}”; nothing changed"
        )
    post = create_draft(article)
    headings = sum(article.body.count(f"</h{level}>") for level in (2, 3, 4))
    lines = [
        article.title,
        f"Date: {date_format(article.published_on, 'F j, Y')}",
        f"Paragraphs: {article.body.count('</p>')}, sub-headings: {headings}",
        *(f"Left out: {what}" for what in article.left_out),
        *(f"Look at: {remark}" for remark in article.remarks),
    ]
    if not dry_run:
        address = reverse("admin:posts_post_change", args=[post.pk])
        lines.append(f"Draft, not public: {settings.SITE_URL}{address}")
    return "\n  ".join(lines)


def create_draft(article):
    """The saved Post; raises CommandError with a sentence when a field refuses."""
    post = Post(
        title=article.title,
        slug=free_slug(article.title),
        body=article.body,
        language=article.language,
        published_on=article.published_on,
        law_as_of=article.published_on,
        imported_from=article.key,
    )
    try:
        post.full_clean()
    except ValidationError as error:
        raise CommandError(
            f"“{post}” was not imported, nor anything else: {' '.join(error.messages)}"
        ) from None
    with reversion.create_revision():
        post.save()
    return post


def free_slug(title):
    """An address from the title, with -2, -3 … where that is or was another page's."""
    # 100 characters, less room for the number.
    base = slugify(title)[:95].rstrip("-") or "article"
    slugs = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(slug for slug in slugs if _is_free(slug))


def _is_free(slug):
    try:
        not_reserved(slug)
    except ValidationError:
        return False
    return not any(
        model.objects.filter(slug=slug).exists() for model in (Post, Edition)
    )
