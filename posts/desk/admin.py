"""The desk: writing, handing over, approving."""

from csp.decorators import csp_replace
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator

from lawblog.desk.autosave import Autosave
from lawblog.desk.locking import VersionTokenForm
from lawblog.desk.versioned import VersionedAdmin
from lawblog.desk.widgets import DateInput
from lawblog.html.richtext import EDITOR_POLICY
from offices.models import Attorney, Firm
from posts import publishing
from posts.models import Post, Series, Term, Topic

from . import (
    approval,
    articles,
    bulk,
    deleted,
    glossary,
    history,
    lookup,
    pictures,
    preview_links,
    review_queue,
    topics,
    translations,
)
from .conflict import conflict

admin.site.register(Term, glossary.TermAdmin)
admin.site.register(Series, topics.SeriesAdmin)
admin.site.register(Topic, topics.TopicAdmin)


@admin.register(Post)
class PostAdmin(Autosave, VersionedAdmin):
    form = VersionTokenForm
    list_display = ("title", "state", "published_on", "author", "updated_at")
    list_filter = ("topics", "language", "author")
    search_fields = ("title", "summary", "body")
    search_help_text = (
        "Words of the title, the summary or the text, as published or as last saved"
    )
    show_full_result_count = False
    paginator = lookup.CappedPaginator
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("topics", "superseded_by", "translation_of")
    actions = bulk.ACTIONS
    formfield_overrides = {models.DateField: {"widget": DateInput}}
    list_select_related = ("author",)
    view_on_site = False
    change_form_template = "admin/posts/post/change_form.html"
    fieldsets = (
        (None, {"fields": ("title", "summary", "body", "version_token")}),
        ("File under", {"fields": ("topics", "author", ("series", "part"))}),
        ("Language", {"fields": (("language", "translation_of"),)}),
        ("Dates", {"fields": (("published_on", "law_as_of", "review_by"),)}),
        ("Newer article", {"fields": ("superseded_by",)}),
        ("Address", {"fields": ("slug",)}),
    )

    @admin.display(description="state")
    def state(self, post):
        return post.state()

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.name == "summary":
            kwargs["widget"] = forms.Textarea({"rows": 3, "cols": 80})
        return super().formfield_for_dbfield(field, request, **kwargs)

    def get_queryset(self, request):
        posts = super().get_queryset(request)
        return posts.prefetch_related("topics", "editions__topics")

    def get_search_results(self, request, posts, term):
        if not term.strip():
            return posts, False
        saved, _ = super().get_search_results(
            request, Post.objects.filter(pk__in=lookup.recently_saved()), term
        )
        # As a list: two sub-queries with "or" would be tried on every article.
        found = {*saved.values_list("pk", flat=True), *lookup.published_with(term)}
        return posts.filter(pk__in=found), False

    def get_prepopulated_fields(self, request, obj=None):
        # Rewording a title must not move an article that has an address already.
        return {} if obj else self.prepopulated_fields

    def get_changeform_initial_data(self, request):
        author = Attorney.objects.filter(user=request.user).first()
        if not author:
            author = Firm.objects.the_firm().responsible_attorney
        # And nothing from the address, which anybody could have written, but for what
        # is to be translated.
        return {"author": author, **translations.begun(request.GET)}

    def has_publish_permission(self, request):
        return request.user.has_perm("posts.publish_post")

    def has_delete_permission(self, request, obj=None):
        # What was published stays on record.
        published = obj and obj.editions.exists()
        return not published and super().has_delete_permission(request, obj)

    def get_actions(self, request):
        # Deleting many at once would go past the rule above.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_urls(self):
        def page(route, view, name):
            wrapped = self.admin_site.admin_view(view)
            return path(f"<int:pk>/{route}/", wrapped, {"desk": self}, name=name)

        return [
            page("preview", articles.preview, "posts_post_preview"),
            page("publish", articles.publish, "posts_post_publish"),
            page("withdraw", articles.withdraw, "posts_post_withdraw"),
            page("return", approval.give_back, "posts_post_return"),
            page("reviewed", review_queue.reviewed, "posts_post_reviewed"),
            path(
                "needs-review/",
                self.admin_site.admin_view(review_queue.queue),
                {"desk": self},
                name="posts_post_needs_review",
            ),
            path(
                "pictures/",
                self.admin_site.admin_view(pictures.pictures),
                {"desk": self},
                name="posts_post_pictures",
            ),
            path(
                "deleted/",
                self.admin_site.admin_view(deleted.deleted),
                {"desk": self},
                name="posts_post_deleted",
            ),
            page("links", preview_links.links, "posts_post_links"),
            page("history", history.history, "posts_post_history"),
            page("compare", history.compare, "posts_post_compare"),
            page("restore/<str:key>", history.restore, "posts_post_restore"),
            *super().get_urls(),
        ]

    @method_decorator(csp_replace(EDITOR_POLICY))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # Refused before anything is saved, however the request was made up.
        if "_publish" in request.POST and not self.has_publish_permission(request):
            raise PermissionDenied
        context = {
            "may_publish": self.has_publish_permission(request),
            **(extra_context or {}),
        }
        return super().changeform_view(request, object_id, form_url, context)

    def render_change_form(self, request, context, add=False, change=False, **kwargs):
        post = kwargs.get("obj")
        if post:
            # The form may have changed `post` and been refused.
            context["state"] = Post.objects.get(pk=post.pk).state()
            context["missing_languages"] = translations.missing(post)
            context["on_record"] = post.editions.order_by("-number")
            context["live"] = post.editions.live().first()
            context["reviews"] = post.reviews.select_related("reviewed_by")
            # Not while the form comes back with an error: these are of what is saved.
            if request.method == "GET":
                context["findings"] = publishing.findings(post)
            else:
                form = context["adminform"].form
                context["conflict"] = conflict(request.POST, form)
        return super().render_change_form(request, context, add, change, **kwargs)

    def save_model(self, request, post, form, change):
        post.updated_by = request.user
        if "_submit" in request.POST:
            post.submitted_at = post.submitted_at or timezone.now()
            post.returned_note = ""
        if pasted := request.POST.get("body", "").count('src="data:'):
            pictures = "1 picture" if pasted == 1 else f"{pasted} pictures"
            self.message_user(
                request,
                f"{pictures} in the pasted text could not be kept. The words are "
                "saved. Add each with the editor's picture button.",
                messages.WARNING,
            )
        super().save_model(request, post, form, change)

    def response_add(self, request, post, post_url_continue=None):
        return self._go_on(request, post) or super().response_add(
            request, post, post_url_continue
        )

    def response_change(self, request, post):
        return self._go_on(request, post) or super().response_change(request, post)

    def _go_on(self, request, post):
        """Where the desk's own buttons lead once the form is saved."""
        for button, page in (("_preview", "preview"), ("_publish", "publish")):
            if button in request.POST:
                self.message_user(request, f"“{post}” is saved.", messages.SUCCESS)
                address = reverse(f"admin:posts_post_{page}", args=[post.pk])
                return HttpResponseRedirect(address)
        if "_submit" in request.POST:
            self.message_user(request, f"“{post}” is saved and waits for approval.")
            return HttpResponseRedirect(reverse("admin:posts_post_changelist"))
        return None
