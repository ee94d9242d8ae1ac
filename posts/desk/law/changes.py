"""The form of a change of the law: staff may write what readers will be told, and the
attorney approves it (change_pages.py)."""

from operator import attrgetter
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from lawblog.desk.locking import VersionTokenForm
from lawblog.desk.pages import DeskAdmin
from lawblog.desk.versioned import VersionedAdmin
from lawblog.desk.widgets import DateInput
from lawblog.people.accounts import user_of
from lawblog.site.translated import with_translation_fields
from posts.authorities.names import name_of
from posts.authorities.spelling import key_of
from posts.law.index import canonical_key
from posts.models import LawChange
from posts.models.states import in_new_york
from posts.publishing.permissions import may_publish

from ..notices import tell_of_proposal
from . import authority_pages, change_pages

SENTENCES = ("sentence", *(f"sentence_{code}" for code, _ in settings.LANGUAGES[1:]))


class LawChangeForm(VersionTokenForm):
    authority = forms.CharField(
        label="Which law",
        max_length=200,
        help_text="In any spelling: INA 287(g), 8 U.S.C. 1357(g), 8 CFR 214.2(h), "
        "I-130. What is within it is meant, too; you can narrow it on the next page.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.key:
            self.initial["authority"] = name_of(self.instance.key)
        for name in SENTENCES:
            if name in self.fields:
                self.fields[name].widget.attrs |= {"rows": 3, "cols": 80}

    def clean_authority(self) -> str:
        typed: str = self.cleaned_data["authority"]
        key = key_of(typed)
        if not key:
            raise ValidationError(authority_pages.UNKNOWN % typed[:60])
        key = canonical_key(key)
        if key != self.instance.key:
            # What was narrowed was narrowed within another law.
            self.instance.key = key
            self.instance.unchanged, self.instance.spared = [], []
        return typed


class LawChangeAdmin(DeskAdmin, VersionedAdmin):
    form = with_translation_fields(LawChangeForm, LawChange)
    formfield_overrides = {models.DateField: {"widget": DateInput}}
    list_display = ("what", "state", "updated_at")
    list_display_links = None
    actions = None
    fieldsets = ((None, {"fields": ("authority", "day", *SENTENCES, "source")}),)
    desk_pages = (
        ("law/", authority_pages.law, "law"),
        ("authority/", authority_pages.authority, "authority"),
        ("<int:pk>/pages/", change_pages.pages, "pages"),
        ("<int:pk>/preview/<int:post>/", change_pages.preview, "preview"),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[LawChange]:
        return super().get_queryset(request).prefetch_related("notices")

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "source":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"authority": request.GET.get("authority", "")[:200]}

    @admin.display(description="change of the law")
    def what(self, change: LawChange) -> str:
        pages = reverse("admin:posts_lawchange_pages", args=[change.pk])
        return format_html('<a href="{}">{}</a>', pages, change)

    @admin.display(description="state")
    def state(self, change: LawChange) -> str:
        notice = max(change.notices.all(), key=attrgetter("pk"), default=None)
        if not notice:
            return "Draft"
        if notice.live_until:
            return "Undone"
        if notice.live_from > timezone.now():
            return f"Scheduled for {in_new_york(notice.live_from)}"
        return "Readers are told"

    def has_publish_permission(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> bool:
        return may_publish(user_of(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What readers are told was approved as it is: undo it first.
        is_open = obj is not None and obj.notices.open().exists()
        return not is_open and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What was approved stays on record.
        on_record = obj is not None and obj.notices.exists()
        return not on_record and super().has_delete_permission(request, obj)

    def save_model(
        self, request: HttpRequest, obj: LawChange, form: Any, change: bool
    ) -> None:
        obj.updated_by = user_of(request)
        super().save_model(request, obj, form, change)
        tell_of_proposal(obj, user_of(request))

    def response_add(
        self, request: HttpRequest, obj: LawChange, post_url_continue: Any = None
    ) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: LawChange) -> HttpResponse:
        messages.success(request, "Saved. Readers see nothing of it before approval.")
        return redirect("admin:posts_lawchange_pages", obj.pk)
