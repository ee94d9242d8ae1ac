"""An article's form: its fields, and what stands around them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse

from lawblog.desk.pages import DeskAdmin
from lawblog.desk.widgets import DateInput
from offices.models import Attorney, Firm
from posts import publishing
from posts.models import DraftFinding, Kind, Post

from . import passage_notes, translations
from .conflict import conflict
from .cover import CoverForm
from .where_used import where_used


class ArticleForm(DeskAdmin):
    form = CoverForm
    change_form_template = "admin/posts/post/change_form.html"
    prepopulated_fields = {"slug": ("title",)}
    radio_fields = {"kind": admin.HORIZONTAL}  # noqa: RUF012 - as Django's admin has it
    autocomplete_fields = ("topics", "superseded_by", "translation_of")
    formfield_overrides = {models.DateField: {"widget": DateInput}}
    fieldsets = (
        (None, {"fields": ("kind", "title", "summary", "body", "version_token")}),
        (
            "Cover picture",
            {
                "classes": ("cover-picture",),
                "fields": (
                    ("cover", "picture", "without_cover"),
                    "cover_alt",
                    ("cover_x", "cover_y"),
                ),
                "description": "Beside the title in lists, above the text, and with a "
                "link that somebody shares; without one, a drawn card stands there. "
                "Where it is cut, the point that you set stays in sight.",
            },
        ),
        ("File under", {"fields": ("topics", "author", ("series", "part"))}),
        ("Language", {"fields": (("language", "translation_of"),)}),
        ("Dates", {"fields": (("published_on", "law_as_of", "review_by"),)}),
        ("Newer article", {"fields": ("superseded_by",)}),
        ("Address", {"fields": ("slug",)}),
    )

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "summary":
            kwargs["widget"] = forms.Textarea({"rows": 3, "cols": 80})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> dict[str, Any]:
        # Rewording a title must not move an article that has an address already.
        return {} if obj else self.prepopulated_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        author = Attorney.objects.filter(user=request.user.pk).first()
        if not author:
            author = Firm.objects.the_firm().responsible_attorney
        # Of the address, which anybody could have written, only what is to be
        # translated is used.
        asked = request.GET.get("kind")
        kind = asked if asked in Kind.values else None
        return {"author": author, "kind": kind, **translations.begun(request.GET)}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Post | None = None,
    ) -> HttpResponse:
        context["may_publish"] = self.has_publish_permission(request)
        if obj:
            context |= around(obj)
            context |= passage_notes.shown(request, obj, self)
            # After an error the form holds other words than those that are saved.
            if request.method == "GET":
                context["findings"] = publishing.findings(obj)
                context["noted"] = len(DraftFinding.objects.open_in(obj))
            else:
                form = context["adminform"].form
                context["conflict"] = conflict(request.POST, form)
        return super().render_change_form(request, context, add, change, form_url, obj)


def around(post: Post) -> dict[str, Any]:
    """What the page of a saved article shows beside its form."""
    on_record = post.editions.order_by("-number")
    return {
        "used": where_used(post) if on_record.exists() else None,
        # Looked up: the form may have changed `post` and been refused.
        "state": Post.objects.get(pk=post.pk).state(),
        "missing_languages": translations.missing(post),
        "on_record": on_record,
        "live": post.editions.live().first(),
        "reviews": post.reviews.select_related("reviewed_by"),
    }
