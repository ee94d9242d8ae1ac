"""An attorney's form, with a photograph."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile

from lawblog.desk.address_form import TAKEN, AddressForm
from lawblog.desk.editor_csp import EditorAdmin
from lawblog.desk.picture_field import PictureField, thumbnail
from lawblog.desk.versioned import VersionedAdmin
from lawblog.media.pictures import store
from lawblog.site.translated import translation_fieldsets, with_translation_fields
from offices.models import Attorney


class AttorneyForm(AddressForm):
    picture = PictureField(label="Photograph", help_text="Replaces the present one.")
    no_photograph = forms.BooleanField(required=False, label="Show no photograph")

    class Meta:
        labels = {"user": "Account"}
        error_messages = {
            **TAKEN,
            "user": {"unique": "Another attorney signs in with this account."},
        }

    def clean_picture(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["picture"]
        if upload:
            self.instance.photograph = store(upload).url
        return upload

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("no_photograph"):
            self.instance.photograph = ""
        return cleaned


class AttorneyAdmin(EditorAdmin, VersionedAdmin):
    form = with_translation_fields(AttorneyForm, Attorney)
    list_display = ("name", "admissions", "user")
    actions = None
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("photograph_now",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "slug"),
                    ("admissions", "languages"),
                    "biography",
                    "photograph_now",
                    ("picture", "no_photograph"),
                    "user",
                )
            },
        ),
        *translation_fieldsets(Attorney),
    )

    @admin.display(description="photograph now")
    def photograph_now(self, attorney: Attorney) -> str:
        return thumbnail(attorney.photograph, attorney.name, 160)
