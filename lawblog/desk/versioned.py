"""An admin that keeps a version at each save, without reversion's own pages."""

from django.contrib.admin import ModelAdmin
from reversion.admin import VersionAdmin


class VersionedAdmin(VersionAdmin):
    """Reversion's pages look a version up by its number alone, of any model, and put
    back the whole revision with it: whoever may change one table could bring back the
    former rows of every other. So they are closed, and each way back to an earlier
    state is a page of ours that names the model, the row and the right."""

    change_list_template = None
    object_history_template = None

    def get_urls(self):
        # Past VersionAdmin, which adds its recover and revision pages here.
        return super(VersionAdmin, self).get_urls()

    def history_view(self, request, object_id, extra_context=None):
        return ModelAdmin.history_view(self, request, object_id, extra_context)
