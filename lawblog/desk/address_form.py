"""An address that nobody typed is made from the name, as the page's script does while
somebody types."""

from typing import Any

from django.utils.text import slugify

from .locking import VersionTokenForm

TAKEN = {
    "name": {"unique": "There is one of this name already. Choose another."},
    "slug": {"unique": "This address is taken. Choose another."},
}


class AddressForm(VersionTokenForm):
    """`slug` may come in empty. named_by: the field from which it is made then."""

    named_by = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        typed: str = self.cleaned_data["slug"]
        # Without a name, which comes before it, that is told alone.
        words: str = self.cleaned_data.get(self.named_by, "")
        if typed or not words:
            return typed
        of_row = self._meta.model._meta
        longest = of_row.get_field("slug").max_length
        made = slugify(words)[:longest].strip("-_") or slugify(of_row.verbose_name)
        # If it is taken, the form that comes back shows what to change.
        data = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("slug")] = made
        self.data = data
        return made
