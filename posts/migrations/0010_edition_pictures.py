"""Which pictures each edition shows, so that those of withdrawn ones are not sent."""

import re

import django.db.models.deletion
from django.db import migrations, models

DIGEST = re.compile(r"/media/pictures/([0-9a-f]{32})-")


def note_those_of_present_editions(apps, schema_editor):
    Edition = apps.get_model("posts", "Edition")
    EditionPicture = apps.get_model("posts", "EditionPicture")
    editions = Edition.objects.filter(body__contains="/media/pictures/")
    for pk, body in editions.values_list("pk", "body").iterator(chunk_size=500):
        EditionPicture.objects.bulk_create(
            EditionPicture(edition_id=pk, digest=digest)
            for digest in set(DIGEST.findall(body))
        )


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0009_articles_by_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="EditionPicture",
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
                    "digest",
                    models.CharField(
                        help_text="As the file's name begins.", max_length=32
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="posts.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("digest", "edition"), name="edition_picture_once"
                    )
                ],
            },
        ),
        migrations.RunPython(
            note_those_of_present_editions, migrations.RunPython.noop
        ),
    ]
