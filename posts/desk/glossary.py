"""The glossary at the desk: who suggests a word, and who lets readers see it."""

from django import forms
from django.contrib import messages

from lawblog.desk.versioned import VersionedAdmin


class TermAdmin(VersionedAdmin):
    """Staff suggest and reword suggestions; what readers see is the attorney's."""

    list_display = ("term", "language", "is_public", "updated_at")
    list_filter = ("is_public", "language")
    search_fields = ("term", "forms", "explanation")
    search_help_text = "Words, their further forms, or what is said of them"
    autocomplete_fields = ("article",)
    actions = None
    view_on_site = False
    fields = ("term", "forms", "language", "explanation", "article", "is_public")

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.name == "explanation":
            kwargs["widget"] = forms.Textarea({"rows": 3, "cols": 80})
        return super().formfield_for_dbfield(field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return () if may_publish(request) else ("is_public",)

    def has_change_permission(self, request, obj=None):
        own = obj is None or not obj.is_public or may_publish(request)
        return own and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return may_publish(request) and super().has_delete_permission(request, obj)

    def save_model(self, request, term, form, change):
        super().save_model(request, term, form, change)
        if not term.is_public:
            note = f"Readers do not see “{term}” until the attorney lets them."
            self.message_user(request, note, messages.INFO)


def may_publish(request):
    return request.user.has_perm("posts.publish_post")
