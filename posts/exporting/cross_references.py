"""Which live articles translate or supersede each other, by their addresses."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings

from posts.models import Edition, Post

Addresses = dict[int, str]  # by the number of the post
Several = dict[int, list[str]]


@dataclass(frozen=True)
class CrossReferences:
    at: Addresses
    translations: Several
    supersedes: Several

    @classmethod
    def read(cls) -> "CrossReferences":
        at: Addresses = {}
        translations: Several = defaultdict(list)
        supersedes: Several = defaultdict(list)
        live = Edition.objects.live().order_by("pk")
        fields = ("post", "language", "slug", "translation_of", "superseded_by")
        for edition in live.only(*fields).iterator():
            address = settings.SITE_URL + edition.get_absolute_url()
            at[edition.post_id] = address
            if edition.translation_of_id:
                translations[edition.translation_of_id].append(address)
            if edition.superseded_by_id:
                supersedes[edition.superseded_by_id].append(address)
        return cls(at, translations, supersedes)

    def of(self, words: Edition | Post, post: int) -> dict[str, str | list[str]]:
        """The facts of an article, by its post's number, that name others, by their
        addresses."""
        facts: dict[str, str | list[str]] = {
            "translation_of": self.at.get(words.translation_of_id or 0, ""),
            "translations": self.translations.get(post, []),
            "superseded_by": self.at.get(words.superseded_by_id or 0, ""),
            "supersedes": self.supersedes.get(post, []),
        }
        return {name: value for name, value in facts.items() if value}
