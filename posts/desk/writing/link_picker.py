"""Our own articles for the editor's link dialog."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from lawblog.desk.pages import DeskAdmin, with_right
from posts.models import Post

ARTICLES_SHOWN = 8
MAX_QUERY_LENGTH = 100  # characters that are looked for


@with_right("view")
def find(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    """{"found": [{"title", "path", "note"}]}: articles with all words of `q` in their
    titles, those that readers see first; without words, the newest."""
    words = request.GET.get("q", "").replace("\0", "")[:MAX_QUERY_LENGTH].split()
    wanted = Q()
    for word in words:
        wanted &= Q(title__icontains=word)
    posts = Post.objects.filter(wanted).order_by("-updated_at")
    live = list(posts.on_site(timezone.now())[:ARTICLES_SHOWN])
    others = list(posts.drafts()[: ARTICLES_SHOWN - len(live)])
    found = [_told(post, "") for post in live]
    found += [_told(post, "draft, not public yet") for post in others]
    return JsonResponse({"found": found})


def _told(post: Post, note: str) -> dict[str, str]:
    return {"title": post.title, "path": post.get_absolute_url(), "note": note}
