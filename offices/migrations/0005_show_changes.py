from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0004_causes"),
    ]

    operations = [
        migrations.AddField(
            model_name="firm",
            name="show_changes",
            field=models.BooleanField(
                default=True,
                help_text="Under each article, a quiet link to the dates of its "
                "editions and the words in which they differ.",
                verbose_name="show what changed in articles",
            ),
        ),
    ]
