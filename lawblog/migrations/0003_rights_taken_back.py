"""Rights that earlier versions gave, and through which one attorney could open the
account of another. Accounts are the owner's, who needs no right for them."""

from django.db import migrations

ACCOUNTS = ("add_user", "change_user", "delete_user", "view_user")


def take_back(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    accounts = Permission.objects.filter(
        content_type__app_label="auth", codename__in=ACCOUNTS
    )
    for group in Group.objects.all():
        group.permissions.remove(*accounts)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("lawblog", "0002_roles"),
    ]

    operations = [migrations.RunPython(take_back, migrations.RunPython.noop)]
