"""manage.py sample: articles to look at while there are none of your own."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from email import message_from_string
from email.message import Message
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from lawblog.database import statistics
from posts.models import Post, Topic
from posts.publishing import publish
from posts.samples import bulk, removing

FOLDER = Path(__file__).resolve().parents[2] / "sample"
# The topics of the Spanish samples.
SPANISH = {"Know your rights": "Conozca sus derechos", "Citizenship": "Ciudadanía"}


def number(text: str) -> int:
    """A whole number above zero, for argparse."""
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError(f"{text!r} is not a whole number above zero.")
    return int(text)


class Command(BaseCommand):
    help = "Load the labelled sample articles, or take exactly those away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take them away")
        parser.add_argument(
            "--count", type=number, default=0, help="this many, made by a program"
        )
        parser.add_argument(
            "--topics", type=number, default=500, help="filed under this many topics"
        )

    @transaction.atomic
    def handle(
        self, *, remove: bool, count: int, topics: int, **options: object
    ) -> None:
        if remove:
            return self.remove()
        if settings.HTTPS:
            raise CommandError(
                "Sample articles are for trying out. This is a public site "
                "(SITE_URL begins with https), so none were loaded."
            )
        if Post.objects.filter(is_sample=True).exists():
            raise CommandError("The sample articles are loaded already.")
        if count:
            return self.load_many(count, topics)
        paths = sorted(FOLDER.glob("*.html"))
        for path in paths:
            self.load(message_from_string(path.read_text(encoding="utf-8")))
        self.stdout.write(f"{len(paths)} sample articles loaded and published.")

    def load_many(self, count: int, topics: int) -> None:
        def progress(done: int) -> None:
            if done % 10_000 == 0 or done == count:
                self.stdout.write(f"{done:,} of {count:,}")

        bulk.load(count, topics, progress)
        statistics.refresh()
        self.stdout.write(f"{count:,} sample articles loaded and published.")

    def load(self, sample: "Message[str, str]") -> None:
        """Publishes the article of a sample file, which is headers and a body."""
        original = Post.objects.filter(slug=sample["Original"]).first()
        post = Post.objects.create(
            title=sample["Title"],
            slug=sample["Slug"],
            kind=sample["Kind"],
            language=sample["Language"],
            translation_of=original,
            summary=sample["Summary"],
            body=sample.get_payload(),
            published_on=date.fromisoformat(sample["Published"]),
            law_as_of=date.fromisoformat(sample["Law-as-of"]),
            is_sample=True,
        )
        for name in sample["Topics"].split(","):
            name = name.strip()
            defaults = {"name": name, "is_sample": True}
            if name in SPANISH:
                defaults["in_other_languages"] = {"es": {"name": SPANISH[name]}}
            topic, _ = Topic.objects.get_or_create(
                slug=slugify(name), defaults=defaults
            )
            post.topics.add(topic)
        publish(post, by=None)

    def remove(self) -> None:
        try:
            count = removing.remove()
        except removing.StillNamed as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{count} sample articles removed.")
