"""The tables of hours and closures within an office's form."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest

from lawblog.desk.widgets import DateInput, NamedRows, TimeInput
from lawblog.people.accounts import user_of
from offices.models import Closure, Office, OfficeHours

from .staff import NotesForm, prints_alone


class HoursFormSet(NamedRows):
    def clean(self) -> None:
        super().clean()
        spans: list[OfficeHours] = []
        for form in self.forms:
            if not self._counts(form):
                continue
            span = form.instance
            if other := next((o for o in spans if span.overlaps(o)), None):
                form.add_error(
                    "opens", f"Overlaps {other}. Let one end before the other begins."
                )
                raise ValidationError(f"{span} overlaps {other}.")
            spans.append(span)

    def _counts(self, form: ModelForm) -> bool:
        """Whether the row is there, valid and stays."""
        if not form.has_changed() and not form.instance.pk:
            return False
        # The stubs leave out what Django's own formsets ask.
        is_going = self._should_delete_form(form)  # type: ignore[attr-defined]
        return form.is_valid() and not is_going

    def save(self, commit: bool = True) -> list[Any]:
        # Spans that trade places would overlap half-way, so all that move leave first.
        moved = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        self.get_queryset().filter(pk__in=moved).delete()
        return super().save(commit)


class HoursInline(admin.TabularInline):
    model = OfficeHours
    formset = HoursFormSet
    formfield_overrides = {models.TimeField: {"widget": TimeInput}}
    extra = 1


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
            formset.form.alone = prints_alone(user_of(request))
        return formset
