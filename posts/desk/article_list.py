"""The list of articles: where each stands, and how to find one."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from lawblog.desk.pages import DeskAdmin
from posts.models import Post

from . import bulk, lookup


class ArticleList(DeskAdmin):
    list_display = ("title", "kind", "state", "published_on", "author", "updated_at")
    list_filter = ("kind", "topics", "language", "author")
    list_select_related = ("author",)
    search_fields = ("title", "summary", "body")
    search_help_text = (
        "Words of the title, the summary or the text, as published or as last saved"
    )
    show_full_result_count = False
    paginator = lookup.CappedPaginator
    actions = bulk.ACTIONS

    @admin.display(description="state")
    def state(self, post: Post) -> str:
        return post.state()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        posts: QuerySet[Post] = super().get_queryset(request)
        return posts.prefetch_related("topics", "editions__topics")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        saved, _ = super().get_search_results(
            request, Post.objects.filter(pk__in=lookup.recently_saved()), search_term
        )
        # As a list: two sub-queries joined by "or" would be tried on every article.
        published = lookup.published_with(search_term)
        found = {*saved.values_list("pk", flat=True), *published}
        return queryset.filter(pk__in=found), False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        # What was published stays on record.
        published = isinstance(obj, Post) and obj.editions.exists()
        return not published and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # Deleting many at once would get around the rule above.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions
