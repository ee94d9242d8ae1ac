"""The form of a closure, which may be one office's or all offices'."""

from django.forms import ModelForm
from django.http import HttpRequest

from lawblog.desk.locking import VersionTokenForm
from lawblog.desk.pages import DeskAdmin
from lawblog.desk.versioned import VersionedAdmin
from lawblog.people.accounts import user_of
from lawblog.site.translated import fieldsets, in_languages
from offices.models import Closure

from . import changes, holidays
from .hours import ClosureInline
from .staff import NotesAdmin, NotesForm


class ClosureForm(NotesForm, VersionTokenForm):
    pass


class ClosureAdmin(NotesAdmin, DeskAdmin, VersionedAdmin):
    form = in_languages(ClosureForm, Closure)
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
    desk_pages = (("suggest/", holidays.suggest, "suggest"),)

    def save_model(
        self, request: HttpRequest, obj: Closure, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        changes.record({form.initial.get("office"), obj.office_id}, user_of(request))

    def delete_model(self, request: HttpRequest, obj: Closure) -> None:
        super().delete_model(request, obj)
        changes.record({obj.office_id}, user_of(request))
