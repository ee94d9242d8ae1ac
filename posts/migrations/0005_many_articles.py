"""Filings, tallies, and the indexes that keep lists as quick as with few articles."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import TruncMonth

BATCH = 1000


def file_and_count(apps, schema_editor):
    """What is published already; later, publishing.py keeps both."""
    Edition, Filing, Tally = (
        apps.get_model("posts", name) for name in ("Edition", "Filing", "Tally")
    )
    own = Edition.objects.filter(pk=OuterRef("edition"))
    Filing.objects.update(
        language=Subquery(own.values("language")),
        published_on=Subquery(own.values("published_on")),
    )
    filings = Filing.objects.filter(edition__live_until=None)
    for rows, more in (
        (filings, ["topic_id"]),
        (Edition.objects.filter(live_until=None), []),
    ):
        grouped = rows.order_by().annotate(month=TruncMonth("published_on"))
        grouped = grouped.values("language", "month", *more)
        counted = grouped.annotate(count=Count("pk"))
        Tally.objects.bulk_create((Tally(**row) for row in counted), BATCH)


class Migration(migrations.Migration):
    dependencies = [("posts", "0004_reading")]

    operations = [
        # The table of the many-to-many relation, which Django made by itself until
        # now, gets a model of its own; its rows stay where they are.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Filing",
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="posts.edition",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="posts.topic",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "posts_edition_topics",
                        "unique_together": {("edition", "topic")},
                    },
                ),
                migrations.AlterField(
                    model_name="edition",
                    name="topics",
                    field=models.ManyToManyField(
                        blank=True, through="posts.Filing", to="posts.topic"
                    ),
                ),
            ]
        ),
        migrations.AddField(
            model_name="filing",
            name="language",
            field=models.CharField(max_length=2, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="filing",
            name="published_on",
            field=models.DateField(default=date(1900, 1, 1)),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Tally",
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
                ("language", models.CharField(max_length=2)),
                ("month", models.DateField(help_text="Its first day.")),
                ("count", models.IntegerField(default=0)),
                (
                    "topic",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="posts.topic",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "language", "month"), name="one_tally"
                    ),
                    models.UniqueConstraint(
                        fields=("language", "month"),
                        condition=Q(topic=None),
                        name="one_tally_in_all",
                    ),
                ],
            },
        ),
        migrations.RunPython(file_and_count, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                fields=["topic", "language", "-published_on", "-edition"],
                name="filing_newest_first",
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["language", "-published_on", "-id"],
                name="edition_newest_in_language",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["-updated_at", "-id"], name="post_last_saved"),
        ),
    ]
