"""An admin that stores a version with each save, without django-reversion's own
pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.exceptions import (
    DisallowedModelAdminLookup,
    DisallowedModelAdminToField,
)
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Field, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.text import capfirst
from reversion.admin import VersionAdmin

from .locking import VersionTokenForm, changed_by, version_token
from .not_allowed import typed
from .printable_fields import PrintableFields

READING = ("GET", "HEAD", "OPTIONS")
# A pasted passage is looked for by its beginning: SQLite refuses an expression as deep,
# or a pattern as long, as a whole page would be.
SEARCHED_WORDS, SEARCHED_LETTERS = 30, 500
NOT_IN_THIS_LIST = (
    "The address asked for something that this list does not have. Here is all of it."
)


class VersionedAdmin(PrintableFields, VersionAdmin):
    """Reversion's pages look a version up by its number alone, of any model, and put
    back the whole revision with it: whoever may change one table could bring back
    former rows of every other. So those pages are closed. Each way back to an earlier
    state is a page of ours that names the model, the row and the right.

    Every form is a VersionTokenForm; templates/admin/change_form.html prints its
    token."""

    form = VersionTokenForm

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form: type[forms.ModelForm] = super().get_form(request, obj, change, **kwargs)
        if issubclass(form, VersionTokenForm):
            form.has_tables = bool(self.inlines)
        return form

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django sends whoever saves what is gone to the list, without what they
        typed; a 404 gives it back (not_allowed.py)."""
        is_typed = request.method == "POST" and typed(request)
        if is_typed and not self.get_object(request, unquote(object_id)):
            raise Http404
        response = super().change_view(request, object_id, form_url, extra_context)
        return response

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Deletes what its page showed: that page sends the row's token."""
        row = self.get_object(request, unquote(object_id))
        if row and self.has_delete_permission(request, row):
            token = version_token(row)
            if request.method == "POST" and request.POST.get("version_token") != token:
                said = f"{changed_by(row)} Nothing was deleted. Look at it again first."
                messages.error(request, said)
                return redirect(request.get_full_path())
            extra_context = {**(extra_context or {}), "version_token": token}
        response: HttpResponse = super().delete_view(request, object_id, extra_context)
        return response

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> dict[str, Any]:
        # What has an address keeps it when its name is reworded.
        return {} if obj else super().get_prepopulated_fields(request, obj)

    change_list_template: ClassVar[Any] = None
    object_history_template: ClassVar[Any] = None

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """A choice among rows has at most a link to add one. What is chosen is changed
        on its own page: a cross beside it looks like "choose none", and would delete
        it."""
        field: forms.Field | None = super().formfield_for_dbfield(
            db_field, request, **kwargs
        )
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            for what in ("change", "delete", "view"):
                setattr(field.widget, f"can_{what}_related", False)
        if isinstance(field, forms.ModelChoiceField) and field.empty_label:
            field.empty_label = "Choose one" if field.required else "None"
        return field

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        words = search_term[:SEARCHED_LETTERS].split()[:SEARCHED_WORDS]
        found: tuple[QuerySet, bool] = super().get_search_results(
            request, queryset, " ".join(words)
        )
        return found

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # Django alone labels read-only fields, with a colon.
        context["adminform"].form.label_suffix = ""
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        # Past VersionAdmin, which adds its recover and revision pages here.
        urls: list[URLPattern] = super(VersionAdmin, self).get_urls()
        return urls

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return ModelAdmin.history_view(self, request, object_id, extra_context)

    @contextmanager
    def create_revision(self, request: HttpRequest) -> Iterator[None]:
        """Only for requests that may write. A revision opens a transaction, and on
        SQLite each waits for the write lock."""
        if request.method in READING:
            yield
        else:
            with super().create_revision(request):
                yield

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # Django's own title is "Select office to change".
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        context = title | (extra_context or {})
        asked = request.method in READING and request.GET.keys() - {ERROR_FLAG}
        if asked and ERROR_FLAG in request.GET:
            # Django would say that the database is broken, in a page of its own.
            return _whole_list(request)
        try:
            response: HttpResponse = super().changelist_view(request, context)
        except (DisallowedModelAdminLookup, DisallowedModelAdminToField):
            if not asked:
                raise
            return _whole_list(request)
        return _whole_list(request) if asked and _sends_on(response) else response


def _sends_on(response: HttpResponse) -> bool:
    return response.get("Location", "").endswith(f"?{ERROR_FLAG}=1")


def _whole_list(request: HttpRequest) -> HttpResponse:
    """The flag tells Django's admin that it was asked for something else before, so
    that nothing sends anybody round in a circle."""
    messages.warning(request, NOT_IN_THIS_LIST)
    return redirect(f"{request.path}?{ERROR_FLAG}=1")
