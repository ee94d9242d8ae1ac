"""The form of a closure, which may be one office's or all offices', and the table of
closures within an office's form."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest

from lawblog.desk.locking import VersionTokenForm
from lawblog.desk.pages import DeskAdmin
from lawblog.desk.versioned import VersionedAdmin
from lawblog.desk.widgets import DateInput, NamedRows, TimeInput
from lawblog.people.accounts import user_of
from lawblog.site.translated import translation_fieldsets, with_translation_fields
from offices.models import Closure, Office

from . import changes, holidays
from .staff import NotesAdmin, NotesForm, needs_no_approval


class ClosureInline(admin.TabularInline):
    model = Closure
    form = NotesForm
    formset = NamedRows
    formfield_overrides = {
        models.DateField: {"widget": DateInput},
        models.TimeField: {"widget": TimeInput},
    }
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: QuerySet[Closure] = super().get_queryset(request)
        coming: QuerySet[Closure] = rows.filter(pk__in=Closure.objects.not_over())
        return coming

    def get_formset(
        self, request: HttpRequest, obj: Office | None = None, **kwargs: Any
    ) -> type[BaseInlineFormSet]:
        formset = super().get_formset(request, obj, **kwargs)
        if issubclass(formset.form, NotesForm):
            formset.form.alone = needs_no_approval(user_of(request))
        return formset


class ClosureForm(NotesForm, VersionTokenForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        Office.objects.lock()
        names = ("office", "first_day", "last_day", "opens", "closes")
        same = Closure.objects.filter(**{name: cleaned.get(name) for name in names})
        # As when "Save" is pressed twice.
        if not self.instance.pk and same.exists():
            raise ValidationError(
                "These days are in the list already. Change them there."
            )
        return cleaned


class ClosureAdmin(NotesAdmin, DeskAdmin, VersionedAdmin):
    form = with_translation_fields(ClosureForm, Closure)
    list_display = ("days", "office", "what")
    list_select_related = ("office",)
    actions = None
    change_list_template = "admin/offices/closure/change_list.html"
    formfield_overrides = ClosureInline.formfield_overrides
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "office",
                    ("first_day", "last_day"),
                    ("opens", "closes"),
                    ("cause", "reason"),
                )
            },
        ),
        *translation_fieldsets(Closure),
    )
    desk_pages = (("suggest/", holidays.suggest, "suggest"),)

    def save_model(
        self, request: HttpRequest, obj: Closure, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        changes.record({form.initial.get("office"), obj.office_id}, user_of(request))

    def delete_model(self, request: HttpRequest, obj: Closure) -> None:
        super().delete_model(request, obj)
        changes.record({obj.office_id}, user_of(request))
