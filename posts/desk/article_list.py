"""The list of articles: their states, search and filters."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from lawblog.dates import moment
from lawblog.desk.pages import DeskAdmin
from lawblog.people.accounts import user_of
from offices.models import Attorney
from posts.history import deleted_drafts
from posts.models import Post
from posts.search import post_ids

from . import article_search, bulk
from .list_tabs import StateFilter, tabs

# By the first word of a state: the shape that stands before it.
MARKS = {"Live": "live", "Scheduled": "scheduled", "Withdrawn": "withdrawn"}


def mark(words: str) -> str:
    if "waiting for approval" in words.lower():
        return "waiting"
    return MARKS.get(words.split()[0], "draft")


class ArticleList(DeskAdmin):
    list_display = ("headline", "stand", "byline", "saved")
    list_filter = (StateFilter, "kind", "topics", "language", "author")
    change_list_template = "admin/posts/post/change_list.html"
    list_select_related = ("author",)
    search_fields = ("title", "summary", "body")
    search_help_text = (
        "Words of the title, the summary or the text, as published or as last saved"
    )
    show_full_result_count = False
    paginator = article_search.CappedPaginator
    actions = bulk.ACTIONS

    @admin.display(description="article", ordering="title")
    def headline(self, post: Post) -> str:
        """The title, and below it what it is filed under."""
        filed = [topic.name for topic in post.topics.all()]
        if post.kind:
            filed.insert(0, post.get_kind_display())
        if post.language != settings.LANGUAGE_CODE:
            filed.append(post.get_language_display())
        lang, below = post.language, ", ".join(filed)
        return format_html(
            '<b lang="{}">{}</b> <small>{}</small>', lang, post.title, below
        )

    @admin.display(description="state")
    def stand(self, post: Post) -> str:
        words = post.state()
        return format_html('<span class="state {}">{}</span>', mark(words), words)

    @admin.display(description="author", ordering="author__name", empty_value="")
    def byline(self, post: Post) -> Attorney | None:
        return post.author

    @admin.display(description="last saved", ordering="updated_at")
    def saved(self, post: Post) -> str:
        return moment(post.updated_at)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"tabs": tabs(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        posts: QuerySet[Post] = super().get_queryset(request)
        return posts.prefetch_related("topics", "editions__topics")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        saved, _ = super().get_search_results(
            request,
            Post.objects.filter(pk__in=article_search.recently_saved()),
            search_term,
        )
        # As a list: two sub-queries joined by "or" would be tried on every article.
        published = post_ids(search_term, article_search.MAX_FOUND)
        found = {*saved.values_list("pk", flat=True), *published}
        return queryset.filter(pk__in=found), False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        # What was published stays on record.
        published = isinstance(obj, Post) and obj.editions.exists()
        return not published and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Post) -> None:
        deleted_drafts.delete(obj, user_of(request))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # Deleting many at once would get around the rule above.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions
