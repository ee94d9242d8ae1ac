"""PostgreSQL's index learns in which block of 4,096 ids each article stands."""

from django.db import migrations

NUMBER = "'#' || (edition_id >> 12)"
ADD = f"words || array_to_tsvector(ARRAY[{NUMBER}])"
REMOVE = f"ts_delete(words, {NUMBER})"


def setting(words):
    """An operation that gives every row such words: GIN is built anew, which takes it
    a tenth of the time of changing each entry."""

    def change(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("DROP INDEX posts_search_words")
            schema_editor.execute(f"UPDATE posts_search SET words = {words}")
            schema_editor.execute(
                "CREATE INDEX posts_search_words ON posts_search USING gin (words)"
            )

    return change


class Migration(migrations.Migration):
    dependencies = [("posts", "0006_desk_indexes")]

    operations = [migrations.RunPython(setting(ADD), setting(REMOVE))]
