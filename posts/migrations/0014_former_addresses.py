"""Former addresses of topics stand with those of everything else that has one."""

from django.db import migrations


def move(apps, schema_editor):
    FormerAddress = apps.get_model("lawblog", "FormerAddress")
    FormerTopic = apps.get_model("posts", "FormerTopic")
    FormerAddress.objects.bulk_create(
        FormerAddress(kind="posts.Topic", slug=former.slug, row=former.topic_id)
        for former in FormerTopic.objects.all()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("lawblog", "0005_former_addresses"),
        ("posts", "0013_search_law_words"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="FormerTopic"),
    ]
