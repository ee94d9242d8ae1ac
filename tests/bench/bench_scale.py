"""make bench-scale: what a page costs with a thousand articles, and with many.

Two databases, filled by manage.py sample, are asked in turn, so that a busy machine
slows both. Every answer is rendered anew: Django's test client is inside the page
store. COUNT=100000 changes the number; without a DATABASE_URL it uses SQLite.
"""

import os
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
FEW, TOPICS, ROUNDS, EACH = 1000, 500, 4, 5


def main():
    count = int(os.environ.get("COUNT", 1_000_000))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR_DIR": folder, "SECRET_KEY": "not-a-secret-" * 5}
        os.environ |= {"SITE_URL": "http://127.0.0.1:8000"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "lawblog.settings"
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS.append("testserver")
        call_command("collectstatic", interactive=False, verbosity=0)
        few, many = fill("few", FEW), fill("many", count)
        table(few, many, count)


def fill(name, count):
    """A new database with that many articles; returns its name."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "postgresql":
        use("postgres")
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
    else:
        name = str(Path(os.environ["VAR_DIR"]) / f"{name}.sqlite3")
    use(name)
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("setup", stdout=nowhere)
        call_command("sample", count=count, topics=TOPICS, stdout=sys.stderr)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What it does by itself some minutes later.
            cursor.execute("VACUUM ANALYZE")
    print(f"{count:,} articles loaded in {time.monotonic() - began:,.0f} s")
    return name


def use(name):
    from django.db import connection

    from lawblog.pagecache import snapshot

    connection.close()
    connection.settings_dict["NAME"] = name
    # What pages share is of the other database.
    snapshot.snapshots.snapshot = snapshot.Snapshot(None, 0, 0)


def pages():
    """{what: a function to be timed} for the database in use."""
    from django.contrib.auth.models import User
    from django.test import Client

    from posts.models import Edition, EditionTopic, Post

    reader, desk = Client(), Client()
    desk.force_login(User.objects.get(username="attorney"))
    edition = Edition.objects.get(number=1, post__slug__startswith="sample-501-")
    # Towns of four syllables are each in a handful of articles, two of them in one.
    towns = re.findall(r"\b[A-Z][a-z]{7,}\b", edition.body)
    rare = "+".join(sorted(set(towns))[:2])
    topic = EditionTopic.objects.filter(language="en").earliest("pk").topic
    filed = EditionTopic.objects.filter(topic=topic, language="en").count()
    last = -(-Edition.objects.in_language("en").count() // 10)
    deep = -(-filed // 10)

    def get(client, address):
        def fetch():
            answer = client.get(address)
            if answer.status_code != 200:
                raise SystemExit(f"{address} answers {answer.status_code}.")
            answer.getvalue()

        return fetch

    public = {
        "home": "/",
        "list, first page": "/posts/",
        "list, page in the middle": f"/posts/?page={-(-last * 5 // 8)}",
        "topic, first page": f"/posts/topics/{topic.slug}/",
        "topic, last page": f"/posts/topics/{topic.slug}/?page={deep}",
        "year": "/posts/2015/",
        "article": edition.get_absolute_url(),
        "feed": "/feed/",
        "sitemap, index": "/sitemap.xml",
        "sitemap, a section": "/sitemap-articles-1.xml",
        "search, rare words": f"/search/?q={rare}",
        "search, a common word": "/search/?q=passport",
        "search, a phrase": "/search/?q=%22work+permit%22",
        "office": "/offices/fort-lee/",
    }
    admin = {
        "desk: front page": "/admin/",
        "desk: list": "/admin/posts/post/",
        "desk: search": "/admin/posts/post/?q=fingerprint",
        "desk: form": f"/admin/posts/post/{edition.post_id}/change/",
        "desk: publish form": f"/admin/posts/post/{edition.post_id}/publish/",
    }
    found = {what: get(reader, address) for what, address in public.items()}
    found |= {what: get(desk, address) for what, address in admin.items()}
    post = Post.objects.get(pk=edition.post_id)
    return found | {"publish": lambda: publish(post)}


def publish(post):
    from posts.publishing import publish as publishing

    publishing.publish(post, by=None)


def table(few, many, count):
    made = {}
    for name in (few, many):
        use(name)
        made[name] = pages()
    print(f"\n{'p50, rendered anew':28}{FEW:>12,}{count:>14,}{'ratio':>8}")
    for what in made[few]:
        times = {few: [], many: []}
        for _ in range(ROUNDS):
            for name in (few, many):
                use(name)
                times[name] += timed(made[name][what])
        small, large = median(times[few]) * 1e3, median(times[many]) * 1e3
        print(f"{what:28}{small:9.1f} ms{large:11.1f} ms{large / small:8.2f}")


def timed(function):
    """Seconds of EACH calls, after two that open the connection and fill caches."""
    found = []
    for _ in range(EACH + 2):
        began = time.perf_counter()
        function()
        found.append(time.perf_counter() - began)
    return found[2:]


if __name__ == "__main__":
    main()
