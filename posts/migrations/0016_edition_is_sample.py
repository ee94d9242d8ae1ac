"""Samples are told from the firm's record by a mark of their own, frozen as the rest."""

from django.db import migrations, models


def mark(apps, schema_editor):
    Edition = apps.get_model("posts", "Edition")
    samples = Edition.objects.filter(post__is_sample=True, approved_by=None)
    samples.update(is_sample=True)


class Migration(migrations.Migration):
    dependencies = [("posts", "0015_proposed_names")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="is_sample",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
