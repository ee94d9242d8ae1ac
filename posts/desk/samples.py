"""The page that removes the sample articles."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lawblog.desk.launch import Item
from lawblog.desk.pages import DeskAdmin, desk_page, with_right
from posts.samples.removing import StillNamed, remove, samples

ARTICLES_SHOWN = 50


@with_right("publish")
def sample_articles(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    """What goes; a POST takes it away."""
    if request.method == "POST":
        return _removed(request)
    rows = samples().order_by("title")
    total = rows.count()
    return desk_page(
        request,
        desk,
        "admin/posts/post/samples.html",
        title="Sample articles",
        total=total,
        more=max(0, total - ARTICLES_SHOWN),
        posts=rows[:ARTICLES_SHOWN],
    )


def _removed(request: HttpRequest) -> HttpResponse:
    try:
        count = remove()
    except StillNamed as problem:
        messages.error(request, str(problem))
        return redirect("admin:posts_post_samples")
    articles = "1 sample article is" if count == 1 else f"{count:,} sample articles are"
    messages.success(request, f"{articles} gone from the desk and from the site.")
    return redirect("admin:index")


def items() -> Iterator[Item]:
    """What must happen to them before launch."""
    yield Item(
        "samples",
        "Remove the sample articles",
        "They are there to try the site with, and no attorney approved them.",
        reverse("admin:posts_post_samples"),
        is_done=not samples().exists(),
    )
