"""Admins for what staff propose and the attorney makes public: topics, series, glossary
terms, synonyms. Once a row `is_public`, only the attorney may change it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from lawblog.desk.pages import DeskAdmin
from lawblog.desk.versioned import VersionedAdmin
from lawblog.people.accounts import user_of
from posts.publishing.permissions import may_publish

from .notices import tell_of_proposal


def refuse_what_is_public_by_now(request: HttpRequest, row: Any) -> None:
    """PermissionDenied if the attorney made the row public after somebody without that
    right had opened the form. The row stays locked until it is saved."""
    rows = type(row)._base_manager.select_for_update(no_key=True)
    is_public = rows.values_list("is_public", flat=True).get(pk=row.pk)
    if is_public and not may_publish(user_of(request)):
        raise PermissionDenied


class ProposalAdmin(DeskAdmin, VersionedAdmin):
    actions = None

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        return () if may_publish(user_of(request)) else ("is_public",)

    def has_change_permission(
        self, request: HttpRequest, obj: Any | None = None
    ) -> bool:
        own = obj is None or not obj.is_public or may_publish(user_of(request))
        return own and super().has_change_permission(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return may_publish(user_of(request)) and super().has_delete_permission(
            request, obj
        )

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm, change: bool
    ) -> None:
        if change:
            refuse_what_is_public_by_now(request, obj)
        super().save_model(request, obj, form, change)
        if not obj.is_public:
            tell_of_proposal(obj, user_of(request))
            note = f"Readers do not see “{obj}” until the attorney lets them."
            self.message_user(request, note, messages.INFO)
