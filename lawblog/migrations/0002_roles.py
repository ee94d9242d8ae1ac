"""What setup gave a role, so that an update adds the new and leaves the rest alone."""

import django.db.models.deletion
from django.db import migrations, models


def remember(apps, schema_editor):
    """Roles are older than this memory. What they were given is not known; but of a
    model that no group has any right to, they were given nothing: it came later."""
    Group, Permission = (
        apps.get_model("auth", name) for name in ("Group", "Permission")
    )
    Role = apps.get_model("lawblog", "Role")
    held = Permission.objects.exclude(group=None)
    met = Permission.objects.filter(content_type__in=held.values("content_type"))
    for group in Group.objects.filter(name__in=("Attorney", "Office staff")):
        role, _ = Role.objects.get_or_create(group=group)
        role.given.add(*met)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("lawblog", "0001_generation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="auth.group",
                    ),
                ),
                ("given", models.ManyToManyField(to="auth.permission")),
            ],
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
