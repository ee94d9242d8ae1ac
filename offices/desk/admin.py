from csp.decorators import csp_replace
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator

from lawblog.desk.locking import VersionTokenForm
from lawblog.desk.versioned import VersionedAdmin
from lawblog.desk.widgets import DateInput, NamedRows, TimeInput
from lawblog.html.richtext import EDITOR_POLICY
from lawblog.media.pictures import store
from lawblog.site.languages import use_language
from lawblog.site.translated import fieldsets, in_languages
from offices.models import (
    Attorney,
    Cause,
    Closure,
    Firm,
    FirmLink,
    Office,
    OfficeHours,
    Page,
)

from . import versions, views
from .staff import ATTORNEYS, NotesForm, prints_alone


class FirmLinkInline(admin.TabularInline):
    model = FirmLink
    formset = NamedRows
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    extra = 1


@admin.register(Firm)
class FirmAdmin(VersionedAdmin):
    form = in_languages(VersionTokenForm, Firm)
    formfield_overrides = FirmLinkInline.formfield_overrides
    inlines = (FirmLinkInline,)
    fieldsets = (
        (
            None,
            {"fields": ("name", "tagline", "responsible_attorney", "version_token")},
        ),
        ("For readers", {"fields": ("quick_exit", "show_changes")}),
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
        *fieldsets(Firm),
    )

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Firm.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


class HoursFormSet(NamedRows):
    def clean(self):
        super().clean()
        spans = []
        for form in self.forms:
            if not form.has_changed() and not form.instance.pk:
                continue
            if not form.is_valid() or self._should_delete_form(form):
                continue
            span = form.instance
            if other := next((o for o in spans if span.overlaps(o)), None):
                form.add_error(
                    "opens", f"Overlaps {other}. Let one end before the other begins."
                )
                raise ValidationError(f"{span} overlaps {other}.")
            spans.append(span)

    def save(self, commit=True):
        # Spans that trade places would overlap half-way: all that move leave first.
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

    def get_queryset(self, request):
        return super().get_queryset(request).not_over()

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.alone = prints_alone(request.user)
        return formset


class OfficeForm(NotesForm, VersionTokenForm):
    pass


@admin.register(Office)
class OfficeAdmin(VersionedAdmin):
    form = in_languages(OfficeForm, Office)
    list_display = ("name", "phone", "appointment_only", "receives_mail")
    list_editable = ("appointment_only", "receives_mail")
    prepopulated_fields = {"slug": ("name",)}
    actions = None
    inlines = (HoursInline, ClosureInline)
    change_list_template = "admin/offices/office/change_list.html"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    ("appointment_only", "receives_mail"),
                    "version_token",
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
        *fieldsets(Office),
        ("Set once", {"fields": ("is_principal", "slug", "time_zone")}),
    )

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.alone = prints_alone(request.user)
        return form

    def get_readonly_fields(self, request, obj=None):
        return () if prints_alone(request.user) else ATTORNEYS

    def get_prepopulated_fields(self, request, obj=None):
        # An office that has an address keeps it when its name is reworded.
        return {} if obj else self.prepopulated_fields

    def get_urls(self):
        def page(route, view, name):
            wrapped = self.admin_site.admin_view(view)
            return path(f"<int:pk>/{route}/", wrapped, {"desk": self}, name=name)

        return [
            page("switch", views.switch, "offices_office_switch"),
            page("history", views.office_history, "offices_office_history"),
            page("undo/<int:revision>", views.undo, "offices_office_undo"),
            *super().get_urls(),
        ]

    @method_decorator(transaction.atomic)
    def changelist_view(self, request, extra_context=None):
        context = {
            "cards": Office.objects.on_site(),
            "causes": Cause.choices,
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def get_changelist_form(self, request, **kwargs):
        # Django prints no label in a list's cells; a screen reader needs one.
        class Labelled(VersionTokenForm):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                for name in OfficeAdmin.list_editable:
                    field = self.fields[name]
                    label = f"{field.label}: {self.instance}"
                    field.widget.attrs["aria-label"] = label

        return Labelled

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            # Changed hours change the office: others must see its version token move.
            form.instance.save()

    def delete_view(self, request, object_id, extra_context=None):
        office = self.get_object(request, object_id)
        problem = office and self.why_it_stays(office)
        if problem:
            messages.error(request, problem)
            address = reverse("admin:offices_office_change", args=[office.pk])
            return HttpResponseRedirect(address)
        return super().delete_view(request, object_id, extra_context)

    @staticmethod
    def why_it_stays(office):
        if office.is_principal:
            return f"{office} is the principal office. Make another one that first."
        if office.hours.exists() or office.own_closures.exists():
            return f"{office} still has hours or closures. Remove them first."
        return ""


@admin.register(Closure)
class ClosureAdmin(VersionedAdmin):
    form = in_languages(OfficeForm, Closure)
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
                    "version_token",
                )
            },
        ),
        *fieldsets(Closure),
    )

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.alone = prints_alone(request.user)
        return form

    def save_model(self, request, closure, form, change):
        super().save_model(request, closure, form, change)
        versions.record({form.initial.get("office"), closure.office_id}, request.user)

    def delete_model(self, request, closure):
        super().delete_model(request, closure)
        versions.record({closure.office_id}, request.user)

    def get_urls(self):
        view = self.admin_site.admin_view(views.suggest)
        suggest = path("suggest/", view, {"desk": self}, name="offices_closure_suggest")
        return [suggest, *super().get_urls()]


class AttorneyForm(VersionTokenForm):
    picture = forms.FileField(
        required=False,
        label="Photograph",
        help_text="Replaces the present one. Kept without the place and time it holds.",
    )

    def clean_picture(self):
        upload = self.cleaned_data["picture"]
        if upload:
            self.instance.photograph, *_ = store(upload)
        return upload


@admin.register(Attorney)
class AttorneyAdmin(VersionedAdmin):
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

    @method_decorator(csp_replace(EDITOR_POLICY))
    def changeform_view(self, *args, **kwargs):
        return super().changeform_view(*args, **kwargs)


@admin.register(Page)
class PageAdmin(VersionedAdmin):
    form = VersionTokenForm
    list_display = ("title", "language", "reviewed", "updated_at")
    list_display_links = ("title",)
    list_filter = ("language", "reviewed")
    actions = None
    change_form_template = "admin/offices/page/change_form.html"
    fields = ("title", "body", "reviewed", "version_token")

    def has_add_permission(self, request):
        # `setup` makes every page; a further one would have no address.
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def view_on_site(self, page):
        with use_language(page.language):
            return page.get_absolute_url()

    @method_decorator(csp_replace(EDITOR_POLICY))
    def changeform_view(self, *args, **kwargs):
        return super().changeform_view(*args, **kwargs)
