"""Why an office is closed is chosen from a list that every language knows."""

from django.db import migrations, models

CAUSES = [
    ("weather", "Weather"),
    ("court", "Court"),
    ("holiday", "Holiday"),
    ("illness", "Illness"),
    ("moving", "Moving"),
    ("outage", "Power or telephone"),
    ("other", "Another reason"),
]


def recognise_holidays(apps, schema_editor):
    """What "Suggest federal holidays" stored; any other reason stays as it was told."""
    Closure = apps.get_model("offices", "Closure")
    names = ("Day", "Day (observed)", "Birthday")
    for closure in Closure.objects.filter(office=None):
        if closure.reason.endswith(names):
            closure.cause = "holiday"
            closure.save(update_fields=["cause"])


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0003_pages_of_record"),
    ]

    operations = [
        migrations.AddField(
            model_name="closure",
            name="cause",
            field=models.CharField(
                choices=CAUSES,
                default="other",
                help_text="Visitors read it in their own language.",
                max_length=10,
                verbose_name="why",
            ),
        ),
        migrations.AlterField(
            model_name="closure",
            name="reason",
            field=models.CharField(
                blank=True,
                help_text="In its place, visitors read “Closed for …” and these "
                "words, where they are there in the visitor's language. Like: "
                "Thanksgiving Day.",
                max_length=80,
                verbose_name="in your own words",
            ),
        ),
        migrations.RunPython(recognise_holidays, migrations.RunPython.noop),
    ]
