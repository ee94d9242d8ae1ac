"""The picture library: every uploaded picture and where it is used; uploading more."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from lawblog.desk.pages import DeskAdmin, desk_page, with_right
from lawblog.media.models import PictureQuerySet
from lawblog.media.pictures import store
from lawblog.models import Picture
from posts.models import PostPicture

from .uses import unused, uses

PICTURES_PER_PAGE = 40
# In the editor's dialog.
PICTURES_OFFERED = 12
MAX_QUERY_LENGTH = 100  # characters that are looked for
TABS = {"": "All", "unused": "Nothing uses it", "undescribed": "No description"}


@with_right("change")
def pictures(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    if request.method == "POST":
        return _upload(request)
    words, only = (
        request.GET.get("q", "")[:MAX_QUERY_LENGTH],
        request.GET.get("only", ""),
    )
    page = Paginator(_only(only, looked_for(words)), PICTURES_PER_PAGE).get_page(
        request.GET.get("page")
    )
    shown = uses([picture.digest for picture in page])
    return desk_page(
        request,
        desk,
        "admin/posts/post/pictures.html",
        title="Pictures",
        tabs=TABS.items(),
        only=only,
        words=words,
        page=page,
        rows=[(picture, shown[picture.digest]) for picture in page],
    )


def looked_for(words: str) -> PictureQuerySet:
    """Pictures with each of the words in their name or description, or in the title of
    an article that shows them."""
    found: PictureQuerySet = Picture.objects.all()
    for word in words.split():
        titled = PostPicture.objects.filter(post__title__icontains=word)
        found = found.filter(
            Q(name__icontains=word)
            | Q(alt__icontains=word)
            | Q(digest__in=titled.values("digest"))
        )
    return found


def _only(which: str, found: PictureQuerySet) -> PictureQuerySet:
    if which == "unused":
        return found.filter(pk__in=unused().values("pk"))
    return found.filter(alt="") if which == "undescribed" else found


def _upload(request: HttpRequest) -> HttpResponse:
    """Several files at once, each by itself: one that is refused stops no other."""
    files, kept = request.FILES.getlist("pictures"), 0
    for file in files:
        try:
            remark = store(file).remark
        except ValidationError as error:
            messages.error(request, f"{file.name}: {error.message}")
            continue
        kept += 1
        if remark:
            messages.warning(request, f"{file.name}: {remark}")
    if kept:
        many = "1 picture is" if kept == 1 else f"{kept} pictures are"
        messages.success(request, f"{many} in the library.")
    if not files:
        messages.error(request, "Choose one or more pictures first.")
    return redirect("admin:posts_post_pictures")


@with_right("change")
def find_pictures(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    """{"found": [{"url", "thumbnail", "alt", "name"}]}: the newest with all words of
    `q`, for the editor's dialog and the cover."""
    found = looked_for(request.GET.get("q", "")[:MAX_QUERY_LENGTH])[:PICTURES_OFFERED]
    told = [
        {"url": p.url, "thumbnail": p.thumbnail, "alt": p.alt, "name": str(p)}
        for p in found
    ]
    return JsonResponse({"found": told})
