"""The cover picture in an article's form."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from lawblog.desk.address_form import AddressForm
from lawblog.desk.picture_field import PictureField
from lawblog.media.pictures import store
from posts.models import Post, Series


class Slider(forms.NumberInput):
    input_type = "range"

    def __init__(self) -> None:
        super().__init__({"min": 0, "max": 100, "step": 10})

    def format_value(self, value: Any) -> str | None:
        # A slider without a value stands in the middle, and so does what it means.
        return str(50 if value in (None, "") else value)


class CoverForm(AddressForm):
    """`cover` holds the address of what was uploaded, so that a form that comes back
    with an error still has the picture."""

    named_by = "title"
    picture = PictureField(
        label="Picture", help_text="A JPEG, PNG, WebP, GIF, AVIF or HEIC file."
    )
    without_cover = forms.BooleanField(required=False, label="Take the picture away")

    class Meta:
        widgets = {
            "cover": forms.HiddenInput,
            "cover_x": Slider,
            "cover_y": Slider,
        }

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_picture(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["picture"]
        if upload:
            address, *_ = store(upload)
            self.cleaned_data["cover"] = address
            data: QueryDict = self.data.copy()  # type: ignore[attr-defined]
            data["cover"] = address
            # The form shows it again if something else is wrong.
            self.data = data
        return upload

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("without_cover"):
            cleaned["cover"] = None
        _lock(cleaned or {})
        return cleaned


def _lock(cleaned: dict[str, Any]) -> None:
    """What Post.clean() compares an article with stays so until it is saved: the
    articles that it names, the other parts of its series."""
    named = filter(None, map(cleaned.get, ("superseded_by", "translation_of")))
    posts = Post.objects.select_for_update(no_key=True).order_by("pk")
    list(posts.filter(pk__in=[post.pk for post in named]).values("pk"))
    if series := cleaned.get("series"):
        list(Series.objects.select_for_update(no_key=True).filter(pk=series.pk))
