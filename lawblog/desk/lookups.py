"""Which look-ups a list's address may hold."""

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest


class RestrictedLookups(ModelAdmin):
    """Refuses regular expressions, which no link of ours has. A broken one raises a
    database error that on SQLite looks like any other."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        is_pattern = lookup.endswith("regex")
        return not is_pattern and super().lookup_allowed(lookup, value, request)
