"""What a list may be asked for by its address."""

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest


class PlainLookups(ModelAdmin):
    """Refuses patterns, which no link of ours has. A broken one is an error of the
    database, and SQLite's looks like any other failure of its own."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        is_pattern = lookup.endswith("regex")
        return not is_pattern and super().lookup_allowed(lookup, value, request)
