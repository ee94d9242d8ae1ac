"""manage.py sample: articles to look at while there are none of your own."""

from datetime import date
from email import message_from_string
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from posts.models import Edition, Post, Topic
from posts.publishing import publish

FOLDER = Path(__file__).resolve().parents[2] / "sample"


class Command(BaseCommand):
    help = "Load the labelled sample articles, or take exactly those away."

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true", help="take them away")

    @transaction.atomic
    def handle(self, *, remove, **options):
        if remove:
            return self.remove()
        if settings.HTTPS:
            raise CommandError(
                "Sample articles are for trying out. This is a public site "
                "(SITE_URL begins with https), so none were loaded."
            )
        if Post.objects.filter(is_sample=True).exists():
            raise CommandError("The sample articles are loaded already.")
        paths = sorted(FOLDER.glob("*.html"))
        for path in paths:
            self.load(message_from_string(path.read_text(encoding="utf-8")))
        self.stdout.write(f"{len(paths)} sample articles loaded and published.")

    def load(self, sample):
        published_on = date.fromisoformat(sample["Published"])
        post = Post.objects.create(
            title=sample["Title"],
            slug=sample["Slug"],
            language=sample["Language"],
            summary=sample["Summary"],
            body=sample.get_payload(),
            published_on=published_on,
            law_as_of=date.fromisoformat(sample["Law-as-of"]),
            is_sample=True,
        )
        for name in sample["Topics"].split(","):
            name = name.strip()
            topic, _ = Topic.objects.get_or_create(
                slug=slugify(name), defaults={"name": name, "is_sample": True}
            )
            post.topics.add(topic)
        publish(post, by=None)

    def remove(self):
        posts = Post.objects.filter(is_sample=True)
        count = posts.count()
        # Samples are no record of the firm's: they alone go past the refusal in
        # EditionQuerySet.delete().
        QuerySet.delete(Edition.objects.filter(post__in=posts))
        posts.delete()
        Topic.objects.filter(is_sample=True, post=None, edition=None).delete()
        self.stdout.write(f"{count} sample articles removed.")
