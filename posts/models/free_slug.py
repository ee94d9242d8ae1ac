"""An address that no other article has."""

from itertools import chain, count

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from .edition import Edition
from .post import Post, not_reserved


def free_slug(words: str) -> str:
    """An address from words, with -2, -3 … where that is or was another page's."""
    # 100 characters, less room for the number.
    base = slugify(words)[:95].strip("-_") or "article"
    slugs = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(slug for slug in slugs if _is_free(slug))


def _is_free(slug: str) -> bool:
    try:
        not_reserved(slug)
    except ValidationError:
        return False
    posts, editions = Post.objects.at_address(slug), Edition.objects.at_address(slug)
    return not posts.exists() and not editions.exists()
