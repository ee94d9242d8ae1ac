"""What the desk's pages of an article share; and its preview."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from lawblog.desk.pages import DeskAdmin, desk_page, with_row
from lawblog.site.page_language import use_language
from posts import publishing
from posts.models import Post, Topic
from posts.public.article import article_context

from .article_list import mark


def draft_page(
    request: HttpRequest,
    post: Post,
    template: str,
    topics: list[Topic] | None = None,
    **more: Any,
) -> HttpResponse:
    """The article's page as publishing now would make it, in the article's language.
    topics: those of a form, where they differ from the row's."""
    edition = publishing.edition_of(post, timezone.now())
    topics = list(post.topics.all()) if topics is None else topics
    with use_language(post.language):
        context = article_context(edition, topics=topics)
        return render(request, template, {**context, **more})


@never_cache
@with_row("view")
def preview(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    """The public page as publishing now would make it."""
    may = desk.has_publish_permission(request)
    template = "posts/post_detail.html"
    return draft_page(request, post, template, preview=post, may_publish=may)


def done(
    request: HttpRequest, desk: DeskAdmin, post: Post, log: str, message: str = ""
) -> HttpResponse:
    desk.log_change(request, post, log)
    messages.success(request, message or log)
    return redirect("admin:posts_post_change", post.pk)


def article_page(
    request: HttpRequest, desk: DeskAdmin, post: Post, name: str, **context: Any
) -> HttpResponse:
    """A page of one article, with where it stands; `name`: its template's."""
    template = f"admin/posts/post/{name}.html"
    context["state"] = post.state()
    context["mark"] = mark(context["state"])
    return desk_page(request, desk, template, row=post, **context)
