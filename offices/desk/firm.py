"""The form of the firm's one row."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from lawblog.desk.locking import VersionTokenForm
from lawblog.desk.versioned import VersionedAdmin
from lawblog.desk.widgets import NamedRows
from lawblog.site.translated import translation_fieldsets, with_translation_fields
from offices.models import Firm, FirmLink


class FirmLinkInline(admin.TabularInline):
    model = FirmLink
    formset = NamedRows
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    extra = 1


class FirmAdmin(VersionedAdmin):
    form = with_translation_fields(VersionTokenForm, Firm)
    formfield_overrides = FirmLinkInline.formfield_overrides
    inlines = (FirmLinkInline,)
    fieldsets = (
        (
            None,
            {"fields": ("name", "tagline", "responsible_attorney")},
        ),
        ("For readers", {"fields": ("quick_exit", "show_changes")}),
        (
            "Legal wording",
            {
                "description": "Neutral defaults. Review them and make them yours.",
                "fields": (
                    "show_advertising_label",
                    "advertising_label",
                    "article_notice",
                ),
            },
        ),
        *translation_fieldsets(Firm),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Firm.objects.exists()

    def has_delete_permission(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> bool:
        return False
