"""The groups of synonyms that count, as the attorney has them."""

from lawblog.pagecache.fragments import cached_fragment
from posts.models import SynonymGroup

from .synonyms import Group, Synonyms, default_groups


def synonyms() -> Synonyms:
    """Made once for each version of the site: it costs tens of milliseconds."""
    return cached_fragment("synonyms", lambda: Synonyms(groups()))


def groups() -> list[Group]:
    rows = SynonymGroup.objects.filter(is_public=True)
    return [Group(row.name, row.is_lay, row.words()) for row in rows]


def make_defaults() -> None:
    """What a new site starts from; a site that has any group is left as it is."""
    if SynonymGroup.objects.exists():
        return
    SynonymGroup.objects.bulk_create(
        SynonymGroup(
            name=group.name,
            is_lay=group.is_lay,
            english=", ".join(group.words["en"]),
            spanish=", ".join(group.words["es"]),
            is_public=True,
        )
        for group in default_groups()
    )
