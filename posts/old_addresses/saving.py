"""Saves redirects: every row leads to one place, and never back to itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction

from lawblog.records.acting import current
from lawblog.records.comparing import pairs, unrecorded
from lawblog.records.ledger import append_all
from lawblog.records.subjects import subject_labelled
from lawblog.records.watching import unwatched
from posts.models import Edition, OldAddress, Post
from posts.public.paths import leads_to

from .following import MAX_REDIRECTS, Find, find_row
from .spelling import NoAddress, as_kept, key_of, keys_of

# What begins like this is answered by the desk, or by its page for what is not found.
_DESK = "/admin/"
OWN = "This is an address of this site: what is read there is not changed by this."
NOWHERE = "It leads to {}, which is no page of this site and no old address."
ELSEWHERE = "An old address leads to a page of this site, never to another one."


class Refused(ValueError):
    """Carries a sentence: why an address does not come into the table."""


@dataclass(frozen=True)
class Target:
    """Where an old address is to lead: the article, the path, or gone for good."""

    post: Post | None = None
    target: str = ""
    gone: bool = False


def own_path(text: str) -> str:
    """The path, with its query, of a page of this site that somebody typed. Refused."""
    text = text.strip()
    try:
        url = urlsplit(text)
    except ValueError:
        raise Refused(ELSEWHERE) from None
    ours = urlsplit(settings.SITE_URL).netloc
    if (url.scheme or url.netloc) and url.netloc != ours:
        raise Refused(ELSEWHERE)
    if not url.path.startswith("/") or "\\" in text:
        raise Refused("The page begins with /, like /about/")
    path = unquote(url.path)
    return f"{path}?{url.query}" if url.query else path


def target_of(text: str) -> Target:
    """Where a path of ours leads: to the article, if one is or was there or will be.
    Refused."""
    path = own_path(text)
    parts = path.partition("?")[0].strip("/").split("/")
    if parts[-2:-1] == ["posts"] and (post := _article_at(parts[-1])):
        return Target(post=post)
    return Target(target=path)


def _article_at(slug: str) -> Post | None:
    edition = Edition.objects.ever_public().at_address(slug).order_by("-pk").first()
    if edition:
        return edition.post
    return Post.objects.at_address(slug).first()


def checked(row: OldAddress, find: Find = find_row) -> OldAddress:
    """The row, ready to be saved. Refused; a row without a place is somebody else's to
    refuse (OldAddress.clean). find: looks an old address up."""
    try:
        row.address = as_kept(row.address)
    except NoAddress as error:
        raise Refused(str(error)) from None
    path, _, query = row.address.partition("?")
    row.key = key_of(row.address)
    is_page = not query and leads_to(path) == path
    if row.key == "/" or is_page or f"{row.key}/".startswith(_DESK):
        raise Refused(OWN)
    if row.target:
        row.target = own_path(row.target)
        refuse_circles(row, find)
    return row


def refuse_circles(row: OldAddress, find: Find) -> None:
    """Refused where following the row leads in a circle, or nowhere."""
    way, seen, end = [row.address], {row.key}, row
    while end.target:
        path, _, query = end.target.partition("?")
        way.append(end.target)
        if leads_to(path):
            return
        # A row that is not saved yet may lead to itself, too.
        after = row if row.key in keys_of(path, query) else find(path, query)
        if after is None:
            raise Refused(NOWHERE.format(end.target))
        if after.key in seen or len(way) > MAX_REDIRECTS:
            raise Refused(f"It leads in a circle: {' → '.join(way)}")
        seen.add(after.key)
        end = after


def save_all(rows: Sequence[OldAddress]) -> None:
    """Save many rows, new or changed, with their lines of the record. The table is
    compared with the record once, not after each statement."""
    subject = subject_labelled(OldAddress._meta.label_lower)
    new = [row for row in rows if row.pk is None]
    fields = ["post", "target", "gone", "source", "key"]
    with transaction.atomic():
        with unwatched():
            OldAddress.objects.bulk_create(new)
            old = [row for row in rows if row not in new]
            OldAddress.objects.bulk_update(old, fields, batch_size=100)
        if subject and rows:
            every = pairs(subject, DEFAULT_DB_ALIAS)
            append_all(unrecorded(subject, every, current()))


def note_import(post: Post, addresses: Iterable[str]) -> list[str]:
    """Old addresses of an imported article come into the table; those that cannot be
    kept, or lead elsewhere already, are left out: anybody may bring in a file, and
    nobody approves its addresses. Returns those that lead here now."""
    rows: dict[str, OldAddress] = {}
    for address in addresses:
        row = OldAddress(address=address, post=post, source="import")
        try:
            checked(row)
        except Refused:
            continue
        taken = OldAddress.objects.filter(address=row.address).exists()
        if not taken and not leads_to(row.address):
            rows.setdefault(row.address, row)
    save_all(list(rows.values()))
    return list(rows)
