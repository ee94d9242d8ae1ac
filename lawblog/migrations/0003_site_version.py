"""Generation is called SiteVersion. Its table keeps its name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("lawblog", "0002_roles"),
    ]

    operations = [
        # First, so that the new name brings no new table.
        migrations.AlterModelTable("generation", "lawblog_generation"),
        migrations.RenameModel("Generation", "SiteVersion"),
    ]
