"""An attorney's form, with a photograph."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from lawblog.desk.editor_csp import EditorAdmin
from lawblog.desk.locking import VersionTokenForm
from lawblog.desk.versioned import VersionedAdmin
from lawblog.media.pictures import store
from lawblog.site.translated import fieldsets, in_languages
from offices.models import Attorney


class AttorneyForm(VersionTokenForm):
    picture = forms.FileField(
        required=False,
        label="Photograph",
        help_text="Replaces the present one. The place and time that a camera stores "
        "in it are removed.",
    )

    def clean_picture(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["picture"]
        if upload:
            self.instance.photograph = store(upload).url
        return upload


class AttorneyAdmin(EditorAdmin, VersionedAdmin):
    form = in_languages(AttorneyForm, Attorney)
    list_display = ("name", "admissions", "user")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "slug"),
                    ("admissions", "languages"),
                    "biography",
                    "picture",
                    "user",
                    "version_token",
                )
            },
        ),
        *fieldsets(Attorney),
    )
