"""The fingerprint of an edition: SHA-256 of what it says. Pure."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from posts.models import Edition

# Fields that are younger than the first editions count only where they say something,
# so that the digests of older editions stay what they were.
LATER_FIELDS = (
    *("superseded_by_id", "translation_of_id", "series_id", "part"),
    *("cover", "cover_alt", "cover_x", "cover_y", "kind"),
)


def digest(
    words: dict[str, object],
    published_on: date,
    author_name: str,
    topic_names: Sequence[str],
) -> str:
    """64 hexadecimal digits: SHA-256 of canonical JSON, keys sorted.

    words: ArticleFields.copied_words(), by column name.
    """
    content = {
        **words,
        "published_on": published_on,
        "author_name": author_name,
        "topic_names": topic_names,
    }
    content.pop("author_id")  # a row number says nothing; the name does
    for name in LATER_FIELDS:
        if content[name] is None:
            del content[name]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(edition: Edition) -> str:
    """The digest computed afresh from the edition's own fields. It equals
    `edition.digest` unless somebody changed the row past the application."""
    return digest(
        edition.copied_words(),
        edition.published_on,
        edition.author_name,
        edition.topic_names,
    )
