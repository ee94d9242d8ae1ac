"""Two articles' addresses differ in more than capitals."""

from itertools import count

import django.db.models.functions.text
from django.db import migrations, models
from django.db.models import Exists, OuterRef


def tell_apart(apps, schema_editor):
    """The first that was published, else the first, keeps its address; what others have
    at the desk gets a number. What readers see of them stays where it is."""
    Post = apps.get_model("posts", "Post")
    Edition = apps.get_model("posts", "Edition")
    published = Exists(Edition.objects.filter(post=OuterRef("pk")))
    posts = Post.objects.annotate(published=published).order_by("-published", "pk")
    rows, seen = list(posts.values_list("pk", "slug")), set()
    taken = {slug.lower() for _, slug in rows}
    for pk, slug in rows:
        if slug.lower() in seen:
            spelled = (f"{slug[:95]}-{number}" for number in count(2))
            slug = next(s for s in spelled if s.lower() not in taken)
            Post.objects.filter(pk=pk).update(slug=slug)
            taken.add(slug.lower())
        seen.add(slug.lower())


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0022_old_addresses"),
    ]

    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("slug"),
                name="post_address_in_any_letters",
                violation_error_message="Another article has this address, in other "
                "letters. Change one.",
            ),
        ),
    ]
