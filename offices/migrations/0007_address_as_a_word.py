from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0006_languages_by_function'),
    ]

    operations = [
        migrations.AlterField(
            model_name='attorney',
            name='slug',
            field=models.SlugField(help_text="The end of the attorney page's address.", unique=True, verbose_name='address'),
        ),
        migrations.AlterField(
            model_name='office',
            name='slug',
            field=models.SlugField(help_text="The end of the office page's address.", unique=True, verbose_name='address'),
        ),
    ]
