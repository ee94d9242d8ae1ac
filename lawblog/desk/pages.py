"""The desk's own pages besides the admin's: their addresses, rights and frame.

A view is a function of (request, row, desk) under `with_row`, or of (request, desk)
under `with_right`; it answers with `desk_page` and is listed in `desk_pages`.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator, capfirst

from lawblog.people.accounts import user_of

View = Callable[..., HttpResponse]


class DeskAdmin(ModelAdmin):
    """A ModelAdmin with pages of its own. `desk_pages`: (route, view, noun); the page
    is called admin:app_model_noun, and the view is given this object as `desk`."""

    desk_pages: Sequence[tuple[str, View, str]] = ()
    # Counting for each filter is one more query a choice.
    show_facets = ShowFacets.NEVER
    # For an empty value in a list and its filters, where Django shows a hyphen.
    empty_value_display = "None"

    def get_urls(self) -> list[URLPattern]:
        own = [self.desk_path(*page) for page in self.desk_pages]
        return [*own, *super().get_urls()]

    def desk_path(self, route: str, view: View, noun: str) -> URLPattern:
        """The address of a page of ours, as `desk_pages` names it."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_{noun}"
        guarded = self.admin_site.admin_view(view)
        return path(route, guarded, {"desk": self}, name=name)

    def get_action_choices(
        self, request: HttpRequest, default_choices: Sequence[tuple[str, str]] = ()
    ) -> list[tuple[str, str]]:
        first = [("", "With those ticked…")]
        choices: list[tuple[str, str]] = super().get_action_choices(request, first)
        return choices

    def has_publish_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        codename = get_permission_codename("publish", self.opts)
        return user_of(request).has_perm(f"{self.opts.app_label}.{codename}")


def require(
    desk: DeskAdmin, request: HttpRequest, right: str, row: Model | None = None
) -> None:
    """Raises PermissionDenied without the right: view, add, change, delete, publish."""
    check = getattr(desk, f"has_{right}_permission")
    # Django's has_add_permission() alone takes no row.
    if not (check(request) if right == "add" else check(request, row)):
        raise PermissionDenied


def with_right(*rights: str) -> Callable[[View], View]:
    """Makes a view(request, desk, …) refuse everyone who lacks one of the rights."""

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, desk: DeskAdmin, **named: Any) -> HttpResponse:
            for right in rights:
                require(desk, request, right)
            return view(request, desk, **named)

        return page

    return decorate


def with_row(right: str, *, lock: bool = False) -> Callable[[View], View]:
    """Gives a view(request, row, desk, …) the row that the address names by `pk`.

    Refuses everyone without the right, to this row or at all; 404 without such a row.
    lock: a POST holds the row, in a transaction, until the answer is made.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(
            request: HttpRequest, pk: int, desk: DeskAdmin, **named: Any
        ) -> HttpResponse:
            require(desk, request, right)
            rows = desk.model._default_manager.all()
            held = lock and request.method == "POST"
            with transaction.atomic() if held else nullcontext():
                found = rows.select_for_update(no_key=True) if held else rows
                row = get_object_or_404(found, pk=pk)
                require(desk, request, right, row)
                return view(request, row, desk, **named)

        return page

    return decorate


def desk_page(
    request: HttpRequest,
    desk: DeskAdmin,
    template: str,
    *,
    title: str,
    row: Model | None = None,
    **context: Any,
) -> HttpResponse:
    """A page with the desk's header and breadcrumbs. `original` is the row, as in
    Django's own templates."""
    frame = {"opts": desk.opts, "original": row, "crumbs": crumbs(desk, row)}
    return framed_page(request, template, title=title, **frame | context)


def framed_page(
    request: HttpRequest, template: str, *, title: str, **context: Any
) -> HttpResponse:
    """A page with the desk's header. By itself, one of no model, like the calendar."""
    frame = {**admin.site.each_context(request), "title": title}
    return render(request, template, frame | context)


def crumbs(desk: DeskAdmin, row: Model | None) -> list[tuple[str, str]]:
    """The breadcrumbs of a row's page, as (address, words): its list and its form."""
    model = f"admin:{desk.opts.app_label}_{desk.opts.model_name}"
    above = [(reverse(f"{model}_changelist"), capfirst(desk.opts.verbose_name_plural))]
    if row:
        own = reverse(f"{model}_change", args=[row.pk])
        above.append((own, Truncator(str(row)).chars(60)))
    return [(address, str(words)) for address, words in above]


def row_number(text: str) -> int | None:
    """A primary key that a form or an address sent; None for anything else. At most
    nine digits: no row has a longer one, and some databases raise."""
    return int(text) if text.isdecimal() and len(text) < 10 else None
