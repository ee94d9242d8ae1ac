"""An address is found whatever the case of its letters."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0011_plainer_names"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                django.db.models.functions.text.Lower("slug"),
                name="edition_by_address_any_case",
            ),
        ),
    ]
