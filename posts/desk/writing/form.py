"""An article's form: its fields, and what is shown around them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminForm, Fieldset
from django.db import models
from django.http import HttpRequest, HttpResponse

from lawblog.desk.autosave import page_name
from lawblog.desk.widgets import DateInput
from offices.models import Attorney, Firm
from posts.models import DraftFinding, Kind, Post

from ..article_list import mark
from ..where_used import where_used
from . import passage_notes, translations
from .conflict import conflict
from .cover import CoverForm
from .panel import Writing

# A long title is seen whole; what ends its lines is taken out (CoverForm). Its label is
# not seen.
TEXT_AREAS: dict[str, dict[str, Any]] = {
    "title": {"rows": 1, "placeholder": "Title"},
    "summary": {"rows": 3},
}


class ArticleForm(Writing):
    form = CoverForm
    change_form_template = "admin/posts/post/change_form.html"
    prepopulated_fields = {"slug": ("title",)}
    radio_fields = {"kind": admin.HORIZONTAL}  # noqa: RUF012 - as Django's admin has it
    autocomplete_fields = ("topics", "superseded_by", "translation_of")
    formfield_overrides = {models.DateField: {"widget": DateInput}}
    # "words" stand in the middle of the page; the others beside it, those that are
    # "open" unfolded.
    fieldsets = (
        (
            None,
            {
                "classes": ("words",),
                "fields": ("title", "summary", "body"),
            },
        ),
        (
            "Dates",
            {
                "classes": ("open",),
                "fields": ("law_as_of", "review_by", "published_on"),
            },
        ),
        ("Topics", {"classes": ("open",), "fields": ("topics",)}),
        ("Kind", {"fields": ("kind",)}),
        ("Author and series", {"fields": ("author", "series", "part")}),
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
        ("Address", {"fields": ("slug",)}),
        ("Language", {"fields": ("language", "translation_of")}),
        ("Newer article", {"fields": ("superseded_by",)}),
    )

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in TEXT_AREAS:
            kwargs["widget"] = forms.Textarea(TEXT_AREAS[db_field.name])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

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
        context |= {
            "may_publish": self.has_publish_permission(request),
            "title": "Write an article" if add else "Change an article",
            "subtitle": None,
            "original_text": translations.original(obj, request.GET),
            "autosave_name": page_name(request),
            "folds": folds(context["adminform"]),
            **self.panel(request, obj),
        }
        if obj:
            context |= around(obj) | passage_notes.shown(request, obj, self)
            context["noted"] = len(DraftFinding.objects.open_in(obj))
        # After an error the form holds other words than those that are saved.
        if obj and request.method == "POST":
            context["conflict"] = conflict(request.POST, context["adminform"].form)
        return super().render_change_form(request, context, add, change, form_url, obj)


def folds(form: AdminForm) -> list[tuple[Fieldset, bool]]:
    """What stands beside the text, and whether it is unfolded: as what is wrong is."""
    return [
        (part, "open" in part.classes or any(line.errors() for line in part))
        for part in form
        if "words" not in part.classes
    ]


def around(post: Post) -> dict[str, Any]:
    """What the page of a saved article shows beside its form."""
    on_record = post.editions.order_by("-number")
    # Looked up: the form may have changed `post` and been refused.
    state = Post.objects.get(pk=post.pk).state()
    return {
        "used": where_used(post) if on_record.exists() else None,
        "state": state,
        "mark": mark(state),
        "missing_languages": translations.missing(post),
        "translations": translations.of(post),
        "on_record": on_record,
        "live": post.editions.live().first(),
        "reviews": post.reviews.select_related("reviewed_by"),
    }
