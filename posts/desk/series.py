"""Series at the desk."""

from django.contrib import admin
from django.forms import ModelForm

from lawblog.site.translated import fieldsets, in_languages
from posts.models import Series


class SeriesAdmin(admin.ModelAdmin):
    """Staff begin a series; its name is a public word, so the attorney changes it."""

    form = in_languages(ModelForm, Series)
    fieldsets = ((None, {"fields": ("name", "slug")}), *fieldsets(Series))
    list_display = ("name",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    actions = None

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields
