"""The search index learns the spellings of law: every article must be indexed anew,
which `manage.py setup` does when it finds the index empty."""

from django.db import migrations

from posts.search import postgresql, sqlite

BACKENDS = {"sqlite": sqlite, "postgresql": postgresql}


def empty(apps, schema_editor):
    for statement in BACKENDS[schema_editor.connection.vendor].CLEAR:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("posts", "0012_address_any_case")]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
