"""All pictures that were uploaded, and which of them nothing uses."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from lawblog.media.names import ADDRESS, FOLDER, STEM
from lawblog.media.pictures import ENCODERS, storage_errors, widths
from offices.models import Attorney, Page
from posts.models import Edition, Post

_NAME = re.compile(rf"(?P<stem>{STEM})\.(?:jpg|png)")
SHOWN = 60


def used():
    """{file name: titles of what shows it}. An edition is a record: what it ever
    showed stays, whether it is live or not."""
    found = {}
    for model in (Post, Edition):
        rows = model.objects.filter(body__contains=ADDRESS)
        for title, body in rows.values_list("title", "body").iterator():
            for match in _NAME.finditer(body):
                found.setdefault(match[0], set()).add(title)
    for row in (*Attorney.objects.all(), *Page.objects.all()):
        # Every text of it, translations too.
        for match in _NAME.finditer(str(vars(row))):
            found.setdefault(match[0], set()).add(str(row))
    return found


def files():
    """Names of all kept pictures, without their smaller versions."""
    try:
        _, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return sorted(name for name in names if _NAME.fullmatch(name))


def smaller_version(name):
    match = _NAME.fullmatch(name)
    return f"{ADDRESS}{match['stem']}-{widths(int(match['width']))[0]}.webp"


def pictures(request, desk):
    if not desk.has_change_permission(request):
        raise PermissionDenied
    try:
        names = files()
    except storage_errors():
        messages.error(request, "The pictures are away just now. Try again later.")
        names = []
    in_use = used()
    if request.method == "POST":
        return _delete(request, desk, request.POST.get("name", ""), names, in_use)
    unused = "unused" in request.GET
    names = [name for name in names if not unused or name not in in_use]
    page = Paginator(names, SHOWN).get_page(request.GET.get("page"))
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": "Pictures",
        "unused": unused,
        "page": page,
        "rows": [
            (name, smaller_version(name), sorted(in_use.get(name, []))) for name in page
        ],
        "may_delete": desk.has_publish_permission(request),
    }
    return render(request, "admin/posts/post/pictures.html", context)


def _delete(request, desk, name, names, in_use):
    if not desk.has_publish_permission(request):
        raise PermissionDenied
    if name in in_use:
        messages.error(request, "This picture is in use, so it stays.")
    elif name in names:
        match = _NAME.fullmatch(name)
        for width in widths(int(match["width"])):
            for kind in ENCODERS:
                default_storage.delete(f"{FOLDER}/{match['stem']}-{width}.{kind}")
        default_storage.delete(f"{FOLDER}/{name}")
        messages.success(request, "The picture is deleted.")
    else:
        messages.error(request, "There is no such picture any more.")
    return redirect("admin:posts_post_pictures")
