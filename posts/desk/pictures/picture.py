"""The page of one picture: describe it, replace it, delete it.

A stored file is never overwritten: what readers see is what the attorney approved.
Another picture comes into working copies alone, and waits there for approval.
"""

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from lawblog.desk.locking import VersionTokenForm
from lawblog.desk.pages import DeskAdmin, desk_page, require
from lawblog.media.names import FOLDER
from lawblog.media.pictures import renditions, store
from lawblog.models import Picture
from posts.models import Edition, Post

from .changes import put_in_place, say_in_drafts
from .uses import uses, why_it_stays


class DescribeForm(VersionTokenForm):
    everywhere = forms.BooleanField(
        required=False, label="Say so in the working copies that show it, too"
    )

    class Meta:
        model = Picture
        fields = ("name", "alt")
        help_texts = {
            "alt": "For people who cannot see it. It is offered wherever the picture "
            "is put into a text. If the picture says nothing, write: decorative"
        }


class ReplaceForm(forms.Form):
    file = forms.FileField(
        label="New picture",
        widget=forms.FileInput({"accept": "image/*"}),
        error_messages={"required": "Choose the new picture first."},
    )
    alt = forms.CharField(
        label="What the new one shows",
        max_length=200,
        required=False,
        help_text="Empty: the words that each article has now.",
    )

    def clean(self) -> None:
        if file := self.cleaned_data.get("file"):
            self.cleaned_data["stored"] = store(file)


def page(request: HttpRequest, desk: DeskAdmin, picture: int) -> HttpResponse:
    require(desk, request, "change")
    row = get_object_or_404(Picture, pk=picture)
    act = {"describe": _describe, "replace": _replace, "delete": _delete}
    pressed = next((name for name in act if name in request.POST), "")
    if pressed:
        return act[pressed](request, desk, row)
    return _page(request, desk, row, DescribeForm(instance=row), ReplaceForm())


def _page(
    request: HttpRequest,
    desk: DeskAdmin,
    row: Picture,
    describing: DescribeForm,
    replacing: ReplaceForm,
) -> HttpResponse:
    live = Edition.objects.live().filter(pictures__digest=row.digest)
    return desk_page(
        request,
        desk,
        "admin/posts/post/picture.html",
        title=str(row),
        picture=row,
        uses=uses([row.digest])[row.digest],
        drafts=Post.objects.filter(pictures__digest=row.digest),
        live=live.only("title", "language", "slug", "post"),
        describing=describing,
        replacing=replacing,
        may_delete=desk.has_publish_permission(request),
    )


@transaction.atomic
def _describe(request: HttpRequest, desk: DeskAdmin, row: Picture) -> HttpResponse:
    form = DescribeForm(request.POST, instance=row)
    if not form.is_valid():
        row.refresh_from_db()
        return _page(request, desk, row, form, ReplaceForm())
    form.save()
    messages.success(request, "The description is saved.")
    if form.cleaned_data["everywhere"] and row.alt:
        _tell(request, say_in_drafts(request, desk, row))
    return redirect("admin:posts_post_picture", row.pk)


def _replace(request: HttpRequest, desk: DeskAdmin, row: Picture) -> HttpResponse:
    form = ReplaceForm(request.POST, request.FILES)
    new = None
    if form.is_valid():
        new = Picture.objects.get(digest=form.cleaned_data["stored"].digest)
        if new == row:
            form.add_error("file", "This is the same picture. Nothing was changed.")
    if not new or form.errors:
        return _page(request, desk, row, DescribeForm(instance=row), form)
    alt = form.cleaned_data["alt"].strip()
    if words := alt or (not new.alt and row.alt):
        new.alt = words
        new.save()
    changed = put_in_place(request, desk, row, new, alt)
    messages.success(request, "The new picture is in the library.")
    _tell(request, changed)
    return redirect("admin:posts_post_picture", new.pk)


def _tell(request: HttpRequest, changed: list[Post]) -> None:
    """What became of working copies, and what waits for an approval."""
    titles = ", ".join(f"“{post}”" for post in changed)
    if not changed:
        messages.info(request, "No working copy shows it, so none was changed.")
        return
    messages.success(request, f"Changed in the working copy of {titles}.")
    live = [post for post in changed if post.is_on_site_or_scheduled]
    if live:
        waiting = ", ".join(f"“{post}”" for post in live)
        messages.warning(
            request,
            f"Readers see no change yet: {waiting} is on the site as it was approved. "
            "Send it for approval, or approve it, and they will.",
        )


def _delete(request: HttpRequest, desk: DeskAdmin, row: Picture) -> HttpResponse:
    require(desk, request, "publish")
    if why := why_it_stays(row):
        messages.error(request, why)
        return redirect("admin:posts_post_picture", row.pk)
    stem = f"{FOLDER}/{row.file.rsplit('.', 1)[0]}"
    for name, *_ in renditions(stem, row.width):
        default_storage.delete(name)
    default_storage.delete(f"{FOLDER}/{row.file}")
    row.delete()
    messages.success(request, f"“{row}” is deleted.")
    return redirect("admin:posts_post_pictures")
