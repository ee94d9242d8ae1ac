"""The search index: an FTS5 table in SQLite, a tsvector with GIN in PostgreSQL.

Editions that are there already are indexed by `manage.py setup`.
"""

from django.db import migrations

from posts.search import postgresql, sqlite

BACKENDS = {"sqlite": sqlite, "postgresql": postgresql}


def create(apps, schema_editor):
    for statement in BACKENDS[schema_editor.connection.vendor].CREATE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in BACKENDS[schema_editor.connection.vendor].DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("posts", "0001_initial")]

    operations = [
        migrations.RunPython(create, drop),
        migrations.RunSQL(
            "CREATE TABLE posts_search_word (word varchar(30) PRIMARY KEY)",
            "DROP TABLE posts_search_word",
        ),
    ]
