from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models

from lawblog.widgets import TimeInput

from .models import Attorney, Firm, Office, OfficeHours


@admin.register(Firm)
class FirmAdmin(admin.ModelAdmin):
    fieldsets = (
        (None, {"fields": ("name", "tagline", "responsible_attorney")}),
        (
            "Legal wording",
            {
                "description": "Neutral defaults. Review them and make them yours.",
                "fields": (
                    "show_advertising_label",
                    "advertising_label",
                    "article_notice",
                ),
            },
        ),
    )

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Firm.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Attorney)
class AttorneyAdmin(admin.ModelAdmin):
    list_display = ("name", "admissions", "user")
    fields = ("name", "admissions", "user")


class HoursFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        spans = []
        for form in self.forms:
            if (
                not form.is_valid()
                or not form.cleaned_data
                or self._should_delete_form(form)
            ):
                continue
            span = form.instance
            if other := next((o for o in spans if span.overlaps(o)), None):
                raise ValidationError(
                    f"{span} overlaps {other}. Let one end before the other begins."
                )
            spans.append(span)


class HoursInline(admin.TabularInline):
    model = OfficeHours
    formset = HoursFormSet
    formfield_overrides = {models.TimeField: {"widget": TimeInput}}
    extra = 1


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin):
    list_display = ("name", "phone", "appointment_only", "receives_mail")
    list_editable = ("appointment_only", "receives_mail")
    prepopulated_fields = {"slug": ("name",)}
    actions = None
    inlines = (HoursInline,)
    fieldsets = (
        (None, {"fields": ("name", ("appointment_only", "receives_mail"))}),
        ("Reach us", {"fields": (("phone", "fax"),)}),
        (
            "Address",
            {"fields": (("street", "suite"), ("city", "state", "zip_code"))},
        ),
        ("Set once", {"fields": ("is_principal", "slug", "time_zone")}),
    )

    def get_changelist_form(self, request, **kwargs):
        # Django prints no label in a list's cells; a screen reader needs one.
        form = super().get_changelist_form(request, **kwargs)

        class Labelled(form):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                for name, field in self.fields.items():
                    if name in OfficeAdmin.list_editable:
                        label = f"{field.label}: {self.instance}"
                        field.widget.attrs |= {
                            "aria-label": label,
                            "data-label": field.label,
                        }

        return Labelled
