"""An article is there once in each language: what stands in the way of another."""

from django.db.models import Q
from django.utils.translation import get_language_info

from posts.models import Edition
from posts.models.edition import EditionQuerySet


def stands_in_the_way(edition: Edition) -> list[str]:
    """Sentences on articles that are on the site, or will be, when this edition is, and
    that say they are the same article in its language, or a translation of it."""
    found = [_once(other, edition) for other in same_version(edition)]
    if edition.translation_of_id:
        translations = _beside(edition).filter(translation_of=edition.post_id)
        found += [
            f"“{other}” is on the site, or will be, as a translation of this article, "
            "so this one is an original. Withdraw that one first, or choose no "
            "original here."
            for other in translations
        ]
        originals = _beside(edition).filter(post=edition.translation_of_id)
        found += [
            f"“{other}” is a translation itself. Choose its original here, or none."
            for other in originals.exclude(translation_of=None)
        ]
    return found


def same_version(edition: Edition) -> EditionQuerySet:
    """Editions of other articles that are the same article in the same language at a
    time at which this one is."""
    work = _beside(edition).of_work(edition.original_id)
    return work.in_language(edition.language)


def _beside(edition: Edition) -> EditionQuerySet:
    not_over = Q(live_until=None) | Q(live_until__gt=edition.live_from)
    others = Edition.objects.not_cancelled().exclude(post=edition.post_id)
    return others.filter(not_over)


def _once(other: Edition, edition: Edition) -> str:
    language = get_language_info(edition.language)["name"]
    way_out = ", or choose no original here" if edition.translation_of_id else ""
    return (
        f"“{other}” is on the site, or will be, as the {language} version of the same "
        "article, and there is one of each. Withdraw that one first, or approve it "
        f"without its original{way_out}."
    )
