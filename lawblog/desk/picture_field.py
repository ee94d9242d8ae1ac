"""The field of a form through which a picture is uploaded."""

from django import forms


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
