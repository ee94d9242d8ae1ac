from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lawblog", "0004_site_version"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kind",
                    models.CharField(help_text="The model's label.", max_length=50),
                ),
                ("slug", models.SlugField(max_length=100)),
                (
                    "row",
                    models.BigIntegerField(help_text="The row that is elsewhere now."),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "slug"), name="former_address"
                    )
                ],
            },
        ),
    ]
