"""What the database knows of its tables when it plans a query."""

from django.db import connection

# How many entries of each index it looks at: enough to tell a slug from a language.
LOOKED_AT = 1000


def refresh() -> None:
    """Tell SQLite what its tables hold; PostgreSQL finds out by itself. Without it, an
    article among 100,000 is found by going through all of its language."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
            cursor.execute("ANALYZE")
