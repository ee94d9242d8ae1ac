"""Where pictures are used: in articles by index, and in the firm's few rows."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, Model, OuterRef
from django.urls import reverse
from django.utils import timezone
from reversion.models import Version

from lawblog.media.models import PictureQuerySet
from lawblog.media.names import digests_in
from lawblog.models import Autosaved, Entry, Picture
from offices.models import Attorney, Firm, Office, Page
from posts.models import Edition, EditionPicture, PostPicture

# The firm's tables that may show pictures: each has few rows.
FIRM = (
    (Attorney, "attorney"),
    (Page, "page of record"),
    (Office, "office"),
    (Firm, ""),
)
LIVE, COMING, DRAFT, FORMER = "live", "scheduled", "working copy", "earlier edition"


class Use(NamedTuple):
    """`how`: in words, like "live, working copy"; `address`: its page of the desk."""

    title: str
    how: str
    address: str
    language: str = ""


class _Of(NamedTuple):
    digest: str
    post: int
    title: str
    language: str
    cover: str | None


def uses(digests: Collection[str]) -> dict[str, list[Use]]:
    """{digest: what shows it}, articles first; each of the digests is in it."""
    found: dict[str, dict[str, Use]] = {digest: {} for digest in digests}
    for of, how in [*_in_editions(digests), *_in_drafts(digests)]:
        if of.digest in (of.cover or ""):
            how += " (cover)"
        address = reverse("admin:posts_post_change", args=[of.post])
        before = found[of.digest].get(address)
        hows = [*(before.how.split(", ") if before else ()), how]
        words = ", ".join(dict.fromkeys(hows))
        found[of.digest][address] = Use(of.title, words, address, of.language)
    for digest, use in _in_the_firm():
        if digest in found:
            found[digest][use.address] = use
    return {digest: list(of.values()) for digest, of in found.items()}


def _in_editions(digests: Collection[str]) -> list[tuple[_Of, str]]:
    kept = Edition.objects.not_cancelled().filter(pk=OuterRef("edition"))
    rows = EditionPicture.objects.filter(Exists(kept), digest__in=digests)
    names = "post_id title language cover live_from live_until".split()
    columns = rows.values_list("digest", *(f"edition__{name}" for name in names))
    now = timezone.now()
    told = [(_Of(*row[:5]), _stands(row[5], row[6], now)) for row in columns]
    order = [LIVE, COMING, FORMER]
    return sorted(told, key=lambda pair: order.index(pair[1]))


def _stands(begins: datetime, ends: datetime | None, now: datetime) -> str:
    if begins > now:
        return COMING
    return LIVE if ends is None or ends > now else FORMER


def _in_drafts(digests: Collection[str]) -> list[tuple[_Of, str]]:
    rows = PostPicture.objects.filter(digest__in=digests).order_by("post__title")
    names = "post_id post__title post__language post__cover".split()
    return [(_Of(*row), DRAFT) for row in rows.values_list("digest", *names)]


def _in_the_firm() -> list[tuple[str, Use]]:
    """(digest, what shows it): every text of a row counts, translations too."""
    return [
        (digest, Use(str(row), what, _page_of(row)))
        for model, what in FIRM
        for row in model._base_manager.all()
        for digest in sorted(digests_in(str(vars(row))))
    ]


def _page_of(row: Model) -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk])


def unused() -> PictureQuerySet:
    """Pictures that no article shows now or in any edition, nor the firm's pages."""
    of = {"digest": OuterRef("digest")}
    firm = {digest for digest, _ in _in_the_firm()}
    found: PictureQuerySet = Picture.objects.exclude(
        Exists(PostPicture.objects.filter(**of))
    ).exclude(Exists(EditionPicture.objects.filter(**of)))
    return found.exclude(digest__in=firm)


def why_it_stays(picture: Picture) -> str:
    """A sentence on why a picture cannot be deleted, or "". Searches all saves and the
    record, so call it when somebody deletes, not in lists."""
    digest = picture.digest
    if EditionPicture.objects.filter(digest=digest).exists():
        return (
            "An edition that was approved shows it. What readers saw is kept for good, "
            "so this picture stays."
        )
    if found := uses([digest])[digest]:
        return f"“{found[0].title}” shows it. Take it out there first."
    saves = Version.objects.filter(serialized_data__contains=digest)
    if version := saves.first():
        return (
            f"An earlier save of “{version.object_repr}” shows it, and may be put back "
            "from its history. So this picture stays."
        )
    if Autosaved.objects.filter(fields__contains=digest).exists():
        return (
            "Somebody is writing a text that shows it and that is not saved yet. So "
            "this picture stays for now."
        )
    if Entry.objects.filter(line__contains=digest).exists():
        return "The record tells of it, so this picture stays."
    return ""
