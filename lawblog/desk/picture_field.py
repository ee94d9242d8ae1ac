"""A picture in a form: the field that uploads one, and the present one beside it."""

from django import forms
from django.utils.html import format_html


class PictureField(forms.FileField):
    """An upload, which the form keeps with lawblog.media.pictures.store()."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        about = "The place and time that a camera stores in it are removed."
        super().__init__(
            required=False,
            label=label,
            help_text=f"{help_text} {about}".strip(),
            widget=forms.FileInput({"accept": "image/*"}),
        )


def thumbnail(address: str, words: str, width: int) -> str:
    """HTML, or a sentence if there is none. width: in pixels."""
    if not address:
        return "There is none."
    return format_html('<img src="{}" alt="{}" width="{}">', address, words, width)
