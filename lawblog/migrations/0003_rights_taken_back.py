"""Rights that earlier versions gave, and through which words reached readers without
the attorney, or an account was opened to somebody else.

Renaming a topic changes live articles, so it belongs to whoever may publish. Accounts
are the owner's, who needs no right for them.
"""

from django.db import migrations

ACCOUNTS = ("add_user", "change_user", "delete_user", "view_user")


def take_back(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    accounts = Permission.objects.filter(
        content_type__app_label="auth", codename__in=ACCOUNTS
    )
    topics = Permission.objects.filter(
        content_type__app_label="posts", codename="change_topic"
    )
    for group in Group.objects.all():
        group.permissions.remove(*accounts)
        if not group.permissions.filter(codename="publish_post").exists():
            group.permissions.remove(*topics)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("lawblog", "0002_roles"),
    ]

    operations = [migrations.RunPython(take_back, migrations.RunPython.noop)]
