"""Staff propose topics and series; readers see those that the attorney let through."""

from django.db import migrations, models


def readers_know_what_was_approved(apps, schema_editor):
    """Whoever approved an edition read under which topics and in which series it is."""
    Edition, Series, Topic = (
        apps.get_model("posts", name) for name in ("Edition", "Series", "Topic")
    )
    shown = Edition.objects.exclude(series=None).values("series")
    Series.objects.filter(pk__in=shown).update(is_public=True)
    filed = apps.get_model("posts", "EditionTopic").objects.values("topic")
    Topic.objects.filter(pk__in=filed).update(is_public=True)


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0014_former_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="series",
            name="description",
            field=models.CharField(
                blank=True,
                help_text="One or two plain sentences at the top of its page.",
                max_length=300,
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="is_public",
            field=models.BooleanField(
                default=False,
                help_text="The attorney ticks this, or approves an article under this "
                "name.",
                verbose_name="readers see it",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="description",
            field=models.CharField(
                blank=True,
                help_text="One or two plain sentences at the top of its page.",
                max_length=300,
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="is_public",
            field=models.BooleanField(
                default=False,
                help_text="The attorney ticks this, or approves an article under this "
                "name.",
                verbose_name="readers see it",
            ),
        ),
        migrations.RunPython(
            readers_know_what_was_approved, migrations.RunPython.noop
        ),
    ]
