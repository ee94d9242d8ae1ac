"""Filing is called EditionTopic, Tally ArticleCount. Their tables keep their names."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0010_edition_pictures"),
    ]

    operations = [
        migrations.RenameModel("Filing", "EditionTopic"),
        # First, so that the new name brings no new table.
        migrations.AlterModelTable("tally", "posts_tally"),
        migrations.RenameModel("Tally", "ArticleCount"),
    ]
