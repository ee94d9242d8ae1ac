"""The page that removes the sample articles."""

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lawblog.desk.launch import Item
from lawblog.desk.pages import DeskAdmin, desk_page, with_right
from posts.models import Post
from posts.samples.removing import StillNamed, remove, samples

ARTICLES_SHOWN = 50
CHANGED = (
    "Sample articles were changed, added or approved after you opened this page. "
    "Nothing was removed. Look at them again first."
)


@with_right("publish")
def sample_articles(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    """What goes; a POST takes it away."""
    rows = samples()
    total, shown = _state(rows)
    if request.method == "POST":
        if request.POST.get("shown") == shown:
            return _removed(request)
        messages.error(request, CHANGED)
        return redirect("admin:posts_post_samples")
    return desk_page(
        request,
        desk,
        "admin/posts/post/samples.html",
        title="Sample articles",
        total=total,
        shown=shown,
        more=max(0, total - ARTICLES_SHOWN),
        posts=rows.order_by("title")[:ARTICLES_SHOWN],
    )


def _state(rows: QuerySet[Post]) -> tuple[int, str]:
    """How many they are, and a token for what they are now."""
    found = rows.aggregate(count=Count("pk"), saved=Max("updated_at"))
    return found["count"], "{count} {saved}".format(**found)


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
