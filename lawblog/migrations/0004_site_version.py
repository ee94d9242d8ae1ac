"""Generation is called SiteVersion. Its table keeps its name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("lawblog", "0003_rights_taken_back"),
    ]

    operations = [
        # First, so that the new name brings no new table.
        migrations.AlterModelTable("generation", "lawblog_generation"),
        migrations.RenameModel("Generation", "SiteVersion"),
    ]
