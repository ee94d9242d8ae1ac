"""The attorney returns an article to staff, with a note."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lawblog.desk.locking import overtaken, version_token
from lawblog.desk.pages import DeskAdmin, with_row
from lawblog.notices.outbox import notify
from lawblog.people.accounts import user_of
from posts.models import Post

from .article_pages import article_page
from .notices import RETURNED


class ReturnForm(forms.Form):
    note = forms.CharField(
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text="Staff read this in the list and at the top of the article.",
        error_messages={"required": "Say in a few words what should be changed."},
    )


@with_row("publish", lock=True)
def return_article(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    form = ReturnForm(request.POST or None)
    if not post.submitted_at:
        # A page that is only opened writes nothing, not even a message.
        if request.method == "POST":
            gone = f"“{post}” is no longer waiting for approval."
            messages.warning(request, gone)
        return redirect("admin:posts_post_change", post.pk)
    seen = request.POST.get("version_token")
    if request.method == "POST" and seen != version_token(post):
        messages.error(request, overtaken(post))
    elif form.is_valid():
        _return(request, post, desk, form.cleaned_data["note"])
        return redirect("admin:index")
    return article_page(
        request,
        desk,
        post,
        "return",
        title="Return with a note",
        form=form,
        version_token=version_token(post),
    )


def _return(request: HttpRequest, post: Post, desk: DeskAdmin, note: str) -> None:
    # Not save(): the words, and who wrote them last, are not touched.
    Post.objects.filter(pk=post.pk).update(submitted_at=None, returned_note=note)
    if post.updated_by and post.updated_by != user_of(request):
        notify(RETURNED, about=post, to=[post.updated_by])
    desk.log_change(request, post, f"Returned: {note}")
    messages.success(request, f"“{post}” is returned to staff with your note.")
