"""Topics and series at the desk."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from lawblog.desk.address_form import TAKEN, AddressForm
from lawblog.desk.pages import row_number
from lawblog.records.ledger import lock
from lawblog.site.translated import translation_fieldsets, with_translation_fields
from posts.models import Edition, Series, Topic

from .proposals import ProposalAdmin
from .topic_merging import merge

IN_USE = (
    "Articles that readers know, or soon will, stand under this name. Change the name, "
    "or take the articles out first."
)
NAMES = ("name", "slug", "description", "is_public")


class NameForm(AddressForm):
    """of_name: the field of an edition that names the rows it is filed under."""

    of_name = ""

    class Meta:
        labels = {"slug": "Address"}
        error_messages = TAKEN

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        # Nothing can stand under a name that is not saved yet.
        if self.instance.pk and cleaned.get("is_public") is False:
            # Nothing is published between the look and the save.
            lock()
            rows = Edition.objects.not_cancelled()
            if rows.filter(**{self.of_name: self.instance}).exists():
                self.add_error("is_public", IN_USE)
        return cleaned


class TopicForm(NameForm):
    of_name = "topics"


class SeriesForm(NameForm):
    of_name = "series"


class NameAdmin(ProposalAdmin):
    list_display = ("name", "is_public")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What uses the name is looked up while nothing is published."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            rows = self.model._base_manager.select_for_update(no_key=True)
            list(rows.filter(pk=row_number(object_id)))
            lock()
            return super().delete_view(request, object_id, extra_context)


class SeriesAdmin(NameAdmin):
    form = with_translation_fields(SeriesForm, Series)
    fieldsets = ((None, {"fields": NAMES}), *translation_fieldsets(Series))


class TopicAdmin(NameAdmin):
    form = with_translation_fields(TopicForm, Topic)
    fieldsets = ((None, {"fields": NAMES}), *translation_fieldsets(Topic))
    change_form_template = "admin/posts/topic/change_form.html"
    desk_pages = (("<int:pk>/merge/", merge, "merge"),)

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        used = obj and Edition.objects.filter(topics=obj.pk).exists()
        return not used and super().has_delete_permission(request, obj)
