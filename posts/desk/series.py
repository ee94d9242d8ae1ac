"""Series at the desk."""

from django.contrib import admin


class SeriesAdmin(admin.ModelAdmin):
    """Staff begin a series; its name is a public word, so the attorney changes it."""

    list_display = ("name",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    actions = None

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields
