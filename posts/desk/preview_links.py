"""Preview links: the draft that somebody without an account sees, and the page to
create and revoke links."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lawblog.desk.pages import DeskAdmin, require, row_number, with_row
from lawblog.media.names import ADDRESS, FOLDER, digest_of
from lawblog.media.pictures import is_shown
from lawblog.media.views import picture as stored_picture
from lawblog.pagecache import not_kept
from posts.models import Post, PreviewLink
from posts.models.preview_link import DAYS, DEFAULT_DAYS

from .article_pages import article_page, draft_page

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


class LinkForm(forms.Form):
    note = forms.CharField(
        max_length=100,
        label="For whom",
        help_text="Only you and your staff see this, in the list below.",
    )
    days = forms.TypedChoiceField(
        coerce=int,
        initial=DEFAULT_DAYS,
        label="Works for",
        choices=list(DAYS.items()),
    )


@not_kept
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the working copy as it is now; or a page that does not say whether
    the link was wrong, expired or revoked, so that nobody learns which drafts exist."""
    link = PreviewLink.objects.working(token).select_related("post__author").first()
    if link:
        response = draft_page(request, link.post, "posts/shared_draft.html", link=link)
        # Its pictures are no more public than the draft: the link opens them too.
        own = f"{reverse('preview', args=[token])}{FOLDER}/".encode()
        response.content = response.content.replace(ADDRESS.encode(), own)
    else:
        response = render(request, "posts/no_preview.html", status=404)
    for name, value in HEADERS.items():
        response[name] = value
    return response


@not_kept
def picture(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """A picture of the draft that the link opens."""
    link = PreviewLink.objects.working(token).select_related("post").first()
    digest = digest_of(name)
    if not link or not (digest in link.post.picture_digests or is_shown(digest)):
        raise Http404
    return stored_picture(name, "no-store")


@with_row("view")
def links(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    """The article's links: staff see them, an attorney creates and revokes them."""
    if request.method == "POST":
        require(desk, request, "publish")
    if "revoke" in request.POST:
        return _revoke(request, post, desk)
    form = LinkForm(request.POST or None)
    address = ""
    if form.is_valid():
        # Shown in this answer and never again, since only its hash is stored.
        address = _make(request, post, desk, **form.cleaned_data)
        form = LinkForm()
    return article_page(
        request,
        desk,
        post,
        "links",
        title="Preview links",
        form=form if desk.has_publish_permission(request) else None,
        address=address,
        links=post.preview_links.select_related("created_by"),
    )


def _make(
    request: HttpRequest, post: Post, desk: DeskAdmin, note: str, days: int
) -> str:
    _, token = PreviewLink.objects.make(
        post=post, note=note, created_by=request.user, days=days
    )
    desk.log_change(request, post, f"Made a preview link for {note}, {days} days.")
    return settings.SITE_URL + reverse("preview", args=[token])


def _revoke(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    number = row_number(request.POST["revoke"])
    working = post.preview_links.filter(revoked_at=None)
    if number and working.filter(pk=number).update(revoked_at=timezone.now()):
        desk.log_change(request, post, "Revoked a preview link.")
        desk.message_user(request, "Revoked: the link no longer opens anything.")
    return redirect("admin:posts_post_links", post.pk)
