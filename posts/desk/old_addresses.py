"""Redirects at the desk: entered by hand, from a file, and compared with the old site's
sitemap."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lawblog.desk.locking import VersionTokenForm
from lawblog.desk.pages import DeskAdmin, desk_page, with_right
from lawblog.desk.versioned import VersionedAdmin
from lawblog.records.ledger import lock
from posts.importing.article import CannotRead
from posts.models import OldAddress
from posts.old_addresses import sitemap, table
from posts.old_addresses.saving import Refused, checked

OF_ADDRESS = ("address", "post", "target", "gone")
LINES_SHOWN = 500


class OldAddressForm(VersionTokenForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        given = {name: cleaned[name] for name in OF_ADDRESS if name in cleaned}
        row = OldAddress(pk=self.instance.pk, **given)
        # What else is wrong is told by the fields.
        if row.address and not self.errors:
            # Nobody closes a circle between the look and the save.
            lock()
            try:
                checked(row)
            except Refused as error:
                raise ValidationError(str(error)) from None
            self.cleaned_data |= {"address": row.address, "target": row.target}
        return self.cleaned_data


class FileForm(forms.Form):
    """A file, or its text pasted: `data()` gives its bytes."""

    file = forms.FileField(required=False)
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or paste it here",
        widget=forms.Textarea({"rows": 8}),
    )

    @classmethod
    def of(cls, request: HttpRequest) -> "FileForm":
        return cls(request.POST, request.FILES) if request.method == "POST" else cls()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("text"):
            raise ValidationError("Choose a file, or paste its text.")
        return cleaned

    def data_given(self) -> bytes:
        file: UploadedFile | None = self.cleaned_data["file"]
        text: str = self.cleaned_data["text"]
        return file.read() if file else text.encode()


@with_right("add", "change")
def from_table(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    """Shows what each line of a table would do; `save` does it."""
    form = FileForm.of(request)
    lines, text = list[table.Line](), ""
    if form.is_valid():
        try:
            text = table.text_of(form.data_given())
            if "save" in request.POST:
                return _save(request, text)
            lines = table.read(text)
        except CannotRead as error:
            form.add_error(None, str(error))
    return desk_page(
        request,
        desk,
        "admin/posts/oldaddress/table.html",
        title="Old addresses from a table",
        form=form,
        lines=_bad_first(lines)[:LINES_SHOWN],
        more=max(0, len(lines) - LINES_SHOWN),
        to_save=sum(line.state in (table.NEW, table.CHANGED) for line in lines),
        refused=sum(line.state == table.REFUSED for line in lines),
        text=text,
    )


def _bad_first(lines: list[table.Line]) -> list[table.Line]:
    return sorted(lines, key=lambda line: line.state != table.REFUSED)


def _save(request: HttpRequest, text: str) -> HttpResponse:
    saved = table.save(text)
    words = "1 address is" if saved == 1 else f"{saved:,} addresses are"
    messages.success(request, f"{words} saved.")
    return redirect("admin:posts_oldaddress_changelist")


@with_right("view")
def compare(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    """Which addresses of the old site lead nowhere. Nothing is saved."""
    form = FileForm.of(request)
    report = None
    if form.is_valid():
        try:
            report = sitemap.check(form.data_given())
        except CannotRead as error:
            form.add_error(None, str(error))
    return desk_page(
        request,
        desk,
        "admin/posts/oldaddress/compare.html",
        title="Check the old site’s addresses",
        form=form,
        report=report,
        may_add=desk.has_add_permission(request),
    )


class OldAddressAdmin(DeskAdmin, VersionedAdmin):
    form = OldAddressForm
    list_display = ("address", "leads_to", "source")
    list_filter = ("source", "gone")
    list_select_related = ("post",)
    list_per_page = 50
    search_fields = ("address", "target", "post__title")
    search_help_text = "Parts of an address, or words of the article's title"
    autocomplete_fields = ("post",)
    view_on_site = False
    fields = OF_ADDRESS
    change_list_template = "admin/posts/oldaddress/change_list.html"
    desk_pages = (
        ("from-table/", from_table, "table"),
        ("compare/", compare, "compare"),
    )

    def leads_to(self, row: OldAddress) -> str:
        return table.in_words(row)
