"""The panel beside an article's text, and what is answered while somebody types."""

from typing import Any, cast

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from lawblog.desk.autosave import Autosave
from lawblog.desk.pages import DeskAdmin, View, with_right
from lawblog.html.richtext import to_text
from posts import publishing
from posts.checks import MUST, grade_of
from posts.history import versions
from posts.models import Post
from posts.reading import minutes_to_read

from ..article_pages import draft_page
from .unsaved_article import NO_ROW, TooLong, UnsavedArticle, unsaved_article

# Of the page: what is said anew as somebody types. Each has its template.
PARTS = ("checks", "seen")


class Writing(Autosave):
    def panel(self, request: HttpRequest, row: Post | None) -> dict[str, Any]:
        """What stands beside the text when the page is opened, or comes back with an
        error."""
        if request.method == "POST":
            try:
                return panel(unsaved_article(self, request, row, request.POST))
            except TooLong as error:
                return {"article": None, "told": str(error)}
        if row:
            return panel(UnsavedArticle(row, list(row.topics.all())))
        return {"article": None, "told": ""}

    def typed(
        self, request: HttpRequest, row: Post | None, data: QueryDict
    ) -> dict[str, Any]:
        """What the checks say of it and, if it was asked for, its page."""
        wanted = data.getlist("want")
        if not wanted:
            return {}
        try:
            typed = unsaved_article(self, request, row, data)
        except TooLong as error:
            return {"too_long": str(error)}
        answer: dict[str, Any] = {}
        if "checks" in wanted:
            said = panel(typed)
            answer["told"] = said["told"]
            answer["parts"] = {
                name: render_to_string(f"admin/posts/post/_{name}.html", said, request)
                for name in PARTS
            }
        if "preview" in wanted:
            answer["preview"] = page_of(request, typed).content.decode()
        return answer

    def autosaved_shown(
        self, request: HttpRequest, row: Post | None, data: QueryDict
    ) -> str:
        try:
            typed = unsaved_article(self, request, row, data)
        except TooLong as error:
            return str(error)
        before = versions.working_copy(row or Post(pk=NO_ROW))
        after = versions.working_copy(typed.post, typed.topics)
        fields, blocks = versions.changes(before, after)
        context = {"fields": fields, "blocks": blocks}
        return render_to_string("admin/_changes.html", context, request)


def panel(typed: UnsavedArticle) -> dict[str, Any]:
    """What is said beside the text of its words, its checks and how others see it."""
    post = typed.post
    found = publishing.findings(post)
    must = sum(finding.severity == MUST for finding in found)
    words = len(to_text(post.body).split())
    return {
        "article": post,
        "findings": found,
        "must": must,
        "should": len(found) - must,
        "told": in_short(must, len(found) - must),
        "words": words,
        "minutes": minutes_to_read(words),
        "grade": grade_of(post.body, post.language),
    }


def in_short(must: int, should: int) -> str:
    """The findings of the checks counted: "1 to fix, 2 to read"."""
    parts = [f"{must} to fix"] * bool(must) + [f"{should} to read"] * bool(should)
    return ", ".join(parts) or "Nothing found"


def page_of(request: HttpRequest, typed: UnsavedArticle) -> HttpResponse:
    """Readers' page of what was typed. It is written nowhere and kept by nobody."""
    post = typed.post
    post.law_as_of = post.law_as_of or timezone.localdate()
    return draft_page(request, post, "posts/post_detail.html", topics=typed.topics)


@with_right("view")
def _frame(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    """The empty page in which the preview stands beside the text. writing.js puts
    page_of() in; the policy of this page is that of readers' pages."""
    return render(request, "posts/preview_frame.html")


_own = csp_replace({"frame-ancestors": ["'self'"]})
frame = cast(View, _own(xframe_options_sameorigin(never_cache(_frame))))
