"""All pictures that were uploaded, and which of them nothing uses."""

import re

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lawblog.desk.pages import DeskAdmin, desk_page, require, with_right
from lawblog.media.names import ADDRESS, FOLDER, STEM
from lawblog.media.pictures import ENCODERS, storage_errors, widths
from offices.models import Attorney, Page
from posts.models import Edition, Post

_NAME = re.compile(rf"(?P<stem>{STEM})\.(?:jpg|png)")
SHOWN = 60


def used() -> dict[str, set[str]]:
    """{file name: titles of what shows it}. An edition is a record: what it ever
    showed stays, live or not."""
    found: dict[str, set[str]] = {}
    for model in (Post, Edition):
        rows = model.objects.filter(~Q(cover=None) | Q(body__contains=ADDRESS))
        told = rows.values_list("title", "body", "cover")
        for title, body, cover in told.iterator():
            for match in _NAME.finditer(f"{body} {cover}"):
                found.setdefault(match[0], set()).add(title)
    for row in (*Attorney.objects.all(), *Page.objects.all()):
        # Every text of it, translations too.
        for match in _NAME.finditer(str(vars(row))):
            found.setdefault(match[0], set()).add(str(row))
    return found


def files() -> list[str]:
    """Names of all kept pictures, without their smaller versions."""
    try:
        _, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return sorted(name for name in names if _NAME.fullmatch(name))


def sizes(name: str) -> tuple[str, list[int]]:
    """The beginning of the names of a picture's smaller versions, and their widths."""
    match = _NAME.fullmatch(name)
    if not match:
        raise ValueError(f"{name} is not the name of a picture")
    return match["stem"], widths(int(match["width"]))


def smaller_version(name: str) -> str:
    stem, found = sizes(name)
    return f"{ADDRESS}{stem}-{found[0]}.webp"


@with_right("change")
def pictures(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    try:
        names = files()
    except storage_errors():
        messages.error(
            request, "The pictures are out of reach just now. Try again later."
        )
        names = []
    in_use = used()
    if request.method == "POST":
        return _delete(request, desk, request.POST.get("name", ""), names, in_use)
    unused = "unused" in request.GET
    names = [name for name in names if not unused or name not in in_use]
    page = Paginator(names, SHOWN).get_page(request.GET.get("page"))
    return desk_page(
        request,
        desk,
        "admin/posts/post/pictures.html",
        title="Pictures",
        unused=unused,
        page=page,
        rows=[(n, smaller_version(n), sorted(in_use.get(n, []))) for n in page],
        may_delete=desk.has_publish_permission(request),
    )


def _delete(
    request: HttpRequest,
    desk: DeskAdmin,
    name: str,
    names: list[str],
    in_use: dict[str, set[str]],
) -> HttpResponse:
    require(desk, request, "publish")
    if name in in_use:
        messages.error(request, "This picture is in use, so it stays.")
    elif name in names:
        stem, found = sizes(name)
        for width in found:
            for kind in ENCODERS:
                default_storage.delete(f"{FOLDER}/{stem}-{width}.{kind}")
        default_storage.delete(f"{FOLDER}/{name}")
        messages.success(request, "The picture is deleted.")
    else:
        messages.error(request, "That picture is no longer there.")
    return redirect("admin:posts_post_pictures")
