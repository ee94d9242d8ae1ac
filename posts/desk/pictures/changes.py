"""Changes a picture, or its description, in all working copies that show it."""

from collections.abc import Callable

import reversion
from django.db import transaction
from django.http import HttpRequest

from lawblog.desk.pages import DeskAdmin
from lawblog.html.cleaning import clean
from lawblog.html.own_pictures import with_alt, with_picture
from lawblog.models import Picture
from lawblog.people.accounts import user_of
from posts.models import Post


def say_in_drafts(
    request: HttpRequest, desk: DeskAdmin, picture: Picture
) -> list[Post]:
    """Use the library's description in all working copies; returns the changed ones."""

    def say(post: Post) -> None:
        _say(post, with_alt(post.body, picture.digest, picture.alt))
        if picture.digest in post.cover_digests:
            post.cover_alt = picture.alt

    return _change(request, desk, picture, say, f"“{picture}” is described anew.")


def put_in_place(
    request: HttpRequest, desk: DeskAdmin, old: Picture, new: Picture, alt: str
) -> list[Post]:
    """Replace the picture in all working copies that show it; returns the changed ones.
    alt: its description, or "" to keep each article's own."""

    def put(post: Post) -> None:
        size = (new.width, new.height)
        body = with_picture(post.body, old.digest, new.url, size)
        _say(post, with_alt(body, new.digest, alt) if alt else body)
        if old.digest in post.cover_digests:
            post.cover, post.cover_alt = new.url, alt or post.cover_alt
            if size != (old.width, old.height):
                # What is in sight there is elsewhere here.
                post.cover_x = post.cover_y = None

    return _change(request, desk, old, put, f"“{new}” in place of “{old}”.")


def _say(post: Post, body: str) -> None:
    setattr(post, "body", clean(body))  # noqa: B010 - the stubs know no such field


def _change(
    request: HttpRequest,
    desk: DeskAdmin,
    picture: Picture,
    change: Callable[[Post], None],
    log: str,
) -> list[Post]:
    """People who have an article open meanwhile are told when they save."""
    changed = []
    with transaction.atomic(), reversion.create_revision():
        reversion.set_user(request.user)
        reversion.set_comment(log)
        showing = Post.objects.filter(pictures__digest=picture.digest)
        # In one order, so that two people at once never wait for each other.
        posts = Post.objects.filter(pk__in=showing.values("pk")).order_by("pk")
        for post in posts.select_for_update(no_key=True):
            before = (post.body, post.cover, post.cover_alt)
            change(post)
            if before == (post.body, post.cover, post.cover_alt):
                continue
            post.updated_by = user_of(request)
            post.save()
            desk.log_change(request, post, log)
            changed.append(post)
    return changed
