"""The statistics by which the database plans its queries."""

from django.db import connection

# How many entries of each index are sampled: enough to tell a slug from a language.
SAMPLED_ENTRIES = 1000


def refresh() -> None:
    """Run SQLite's ANALYZE; PostgreSQL does so by itself. Without it, looking up one of
    100,000 articles scans all articles in its language."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {SAMPLED_ENTRIES}")
            cursor.execute("ANALYZE")
