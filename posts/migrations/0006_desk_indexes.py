from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("posts", "0005_many_articles")]

    operations = [
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                fields=["submitted_at"],
                condition=~Q(submitted_at=None),
                name="post_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                fields=["-updated_at"],
                condition=~Q(returned_note=""),
                name="post_returned",
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["law_as_of", "id"], name="edition_oldest_law"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["next_review"], name="review_next"),
        ),
    ]
