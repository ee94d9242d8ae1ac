"""Imports: what is brought in together, its report, and what is to be looked at in drafts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def once_each(apps, schema_editor):
    """Of drafts that were imported from the same source, the first keeps its name."""
    seen = set()
    Post = apps.get_model("posts", "Post")
    for post in Post.objects.exclude(imported_from="").order_by("pk").only("imported_from"):
        if post.imported_from in seen:
            Post.objects.filter(pk=post.pk).update(imported_from="")
        seen.add(post.imported_from)


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0007_address_as_a_word'),
        ('posts', '0023_address_in_any_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(once_each, migrations.RunPython.noop),
        migrations.CreateModel(
            name='DraftFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sentence', models.CharField(max_length=600)),
                ('place', models.CharField(blank=True, max_length=600)),
                ('passage', models.TextField(blank=True)),
                ('ticked_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='ImportLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('made', 'made'), ('known', 'known'), ('refused', 'refused'), ('remark', 'remark')], max_length=10)),
                ('place', models.CharField(max_length=300)),
                ('words', models.CharField(max_length=600)),
                ('facts', models.JSONField(default=list)),
                ('saved_at', models.DateTimeField(null=True)),
                ('old_addresses', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='ImportPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('number', models.PositiveIntegerField()),
                ('size', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
            ],
            options={
                'ordering': ('name', 'number'),
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('site', models.CharField(blank=True, max_length=200)),
                ('offline', models.BooleanField(default=False)),
                ('is_kept', models.BooleanField(default=False)),
                ('started_at', models.DateTimeField(null=True)),
                ('worked_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('trouble', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.AlterField(
            model_name='post',
            name='imported_from',
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(condition=models.Q(('imported_from', ''), _negated=True), fields=('imported_from',), name='imported_once', violation_error_message='This article was imported before.'),
        ),
        migrations.AddField(
            model_name='draftfinding',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='draft_findings', to='posts.post'),
        ),
        migrations.AddField(
            model_name='draftfinding',
            name='ticked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importline',
            name='post',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='posts.post'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importpiece',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='posts.importrun'),
        ),
        migrations.AddField(
            model_name='importline',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='posts.importrun'),
        ),
        migrations.AddConstraint(
            model_name='importpiece',
            constraint=models.UniqueConstraint(fields=('run', 'name', 'number'), name='one_import_piece'),
        ),
        migrations.AddIndex(
            model_name='importline',
            index=models.Index(condition=models.Q(('kind', 'made')), fields=['post'], name='import_line_of_draft'),
        ),
    ]
