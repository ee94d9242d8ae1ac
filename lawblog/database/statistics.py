"""What the database knows of its tables when it decides how to find something."""

from django.db import connection

# Entries of each index that are looked at: enough to tell a slug from a language.
LOOKED_AT = 1000


def refresh():
    """Tell SQLite what its tables hold, which PostgreSQL finds out by itself. Without
    it an article among 100,000 is found by walking through those of its language."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
            cursor.execute("ANALYZE")
