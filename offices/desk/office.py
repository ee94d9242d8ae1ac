"""An office's form, and the list of offices with today's switches."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from lawblog.desk.address_form import TAKEN, AddressForm
from lawblog.desk.locking import VersionTokenForm
from lawblog.desk.pages import DeskAdmin
from lawblog.desk.picture_field import PictureField, thumbnail
from lawblog.desk.versioned import VersionedAdmin
from lawblog.media.pictures import store
from lawblog.people.accounts import user_of
from lawblog.site.translated import (
    OTHER_LANGUAGES,
    translation_fieldsets,
    with_translation_fields,
)
from offices import week
from offices.models import Cause, Office

from . import history, hours, switches
from .closures import ClosureInline
from .staff import ATTORNEYS, NotesAdmin, NotesForm, needs_no_approval

UNDESCRIBED = "Say in a few words what the picture shows, for people who cannot see it."


class OfficeForm(NotesForm, AddressForm):
    upload = PictureField(label="Another picture")
    no_picture = forms.BooleanField(required=False, label="Show no picture")

    class Meta:
        error_messages = TAKEN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _ in OTHER_LANGUAGES:
            # As the picture: shown to staff, and the attorney's.
            self.fields[f"picture_words_{code}"].disabled = not self.alone

    def clean_upload(self) -> None:
        if self.alone and (upload := self.cleaned_data["upload"]):
            self.instance.picture = store(upload).url

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if self.alone and cleaned.get("no_picture"):
            self.instance.picture = cleaned["picture_words"] = ""
        if self.alone and self.instance.picture and not cleaned.get("picture_words"):
            self.add_error("picture_words", UNDESCRIBED)
        return cleaned


class OfficeInList(VersionTokenForm):
    """A row of the list. Django prints no label in its cells; a screen reader needs
    one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in OfficeAdmin.list_editable:
            field = self.fields[name]
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"


class OfficeAdmin(NotesAdmin, DeskAdmin, VersionedAdmin):
    form = with_translation_fields(OfficeForm, Office)
    list_display = ("name", "phone", "appointment_only", "receives_mail")
    list_editable = ("appointment_only", "receives_mail")
    prepopulated_fields = {"slug": ("name",)}
    actions = None
    inlines = (ClosureInline,)
    change_list_template = "admin/offices/office/change_list.html"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    ("appointment_only", "receives_mail"),
                    "opening_hours",
                )
            },
        ),
        ("Reach us", {"fields": (("phone", "fax"), "languages")}),
        (
            "Address",
            {"fields": (("street", "suite"), ("city", "state", "zip_code"))},
        ),
        (
            "Finding the door",
            {"fields": ("landmarks", "transit", "parking", "accessibility")},
        ),
        (
            "Picture",
            {
                "description": "The door, the building, or a map of your own. Readers "
                "see it beside the address; without one, nothing stands there.",
                "fields": ("picture_now", "upload", "no_picture", "picture_words"),
            },
        ),
        *translation_fieldsets(Office),
        ("Set once", {"fields": ("is_principal", "slug", "time_zone")}),
    )
    desk_pages = (
        ("<int:pk>/hours/", hours.hours, "hours"),
        ("<int:pk>/switch/", switches.switch, "switch"),
        ("<int:pk>/history/", history.history, "history"),
        ("<int:pk>/undo/<int:revision>/", history.undo, "undo"),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        alone = needs_no_approval(user_of(request))
        return ("opening_hours", "picture_now", *(() if alone else ATTORNEYS))

    def get_fieldsets(
        self, request: HttpRequest, obj: Model | None = None
    ) -> list[tuple[Any, Any]]:
        """The picture is the attorney's."""
        alone = needs_no_approval(user_of(request))
        return [part for part in self.fieldsets if alone or part[0] != "Picture"]

    @admin.display(description="picture")
    def picture_now(self, office: Office) -> str:
        return thumbnail(office.picture, office.picture_words, 320)

    @admin.display(description="hours")
    def opening_hours(self, office: Office) -> str:
        """The week in words, with the way to the page where it is changed."""
        if not office.pk:
            return "Give them once the office is saved."
        words = (
            week.sentence(office.spans) or "None are given: readers are told to call."
        )
        page = reverse("admin:offices_office_hours", args=[office.pk])
        return format_html('{} <a href="{}">Change the hours</a>', words, page)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "cards": Office.objects.on_site(),
            "causes": Cause.choices,
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def get_changelist_form(
        self, request: HttpRequest, **kwargs: Any
    ) -> type[ModelForm]:
        return OfficeInList

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            # Changed hours change the office: others must see its version token move.
            form.instance.save()

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        office = self.get_object(request, object_id)
        if office and (problem := why_it_stays(office)):
            messages.error(request, problem)
            return redirect("admin:offices_office_change", office.pk)
        return super().delete_view(request, object_id, extra_context)


def why_it_stays(office: Office) -> str:
    """A sentence on why the office cannot be deleted, or ""."""
    if office.is_principal:
        return f"{office} is the principal office. Make another one that first."
    if office.hours.exists() or office.own_closures.exists():
        return f"{office} still has hours or closures. Remove them first."
    return ""
