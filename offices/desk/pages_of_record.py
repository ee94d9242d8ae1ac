"""The forms of the pages of record."""

from django.db.models import Model
from django.http import HttpRequest

from lawblog.desk.editor_csp import EditorAdmin
from lawblog.desk.versioned import VersionedAdmin
from lawblog.site.page_language import use_language
from offices.models import Page


class PageAdmin(EditorAdmin, VersionedAdmin):
    list_display = ("title", "language", "reviewed", "updated_at")
    list_display_links = ("title",)
    list_filter = ("language", "reviewed")
    actions = None
    change_form_template = "admin/offices/page/change_form.html"
    fields = ("title", "body", "reviewed")

    def has_add_permission(self, request: HttpRequest) -> bool:
        # `setup` makes every page; a further one would have no address.
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def view_on_site(self, page: Page) -> str:
        with use_language(page.language):
            return page.get_absolute_url()
