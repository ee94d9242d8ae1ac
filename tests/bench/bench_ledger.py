"""What a line of the ledger costs, and how long a check of many takes.

    .venv/bin/python tests/bench/bench_ledger.py     COUNT=100000 lines by default
    tests/with-postgres .venv/bin/python tests/bench/bench_ledger.py

On a database of its own: SQLite without a DATABASE_URL. The one that with-postgres
starts does not wait for the disk (fsync off).
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
EACH = 200


def main():
    count = int(os.environ.get("COUNT", 100_000))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR_DIR": folder, "SECRET_KEY": "not-a-secret-" * 5}
        os.environ |= {"SITE_URL": "http://127.0.0.1:8000"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "lawblog.settings"
        sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        with open(os.devnull, "w") as nowhere:
            call_command("setup", stdout=nowhere)
        lines()
        publications()
        many(count)


def timed(work):
    """Microseconds that the work takes: (median, slowest of a hundred)."""
    took = []
    for _ in range(EACH):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1e6)
    return median(took), sorted(took)[int(EACH * 0.99)]


def say(what, took):
    print(f"{what}: {took[0]:,.0f} µs (99 of 100 within {took[1]:,.0f})")


def lines():
    from django.db import transaction

    from lawblog.records.ledger import append

    def alone():
        with transaction.atomic():
            append("capture", {"number": 1}, by="bench")

    say("A line in a transaction of its own", timed(alone))
    with transaction.atomic():
        within = timed(lambda: append("capture", {"number": 1}, by="bench"))
    say("A line in an open transaction", within)


def publications():
    """Publishing with and without a line, in turn."""
    from django.db import transaction
    from helpers.recorded import facts, proof

    from lawblog.records import subjects, triggers
    from lawblog.records.ledger import append_with_facts
    from lawblog.records.without_guards import record_existing_rows
    from posts.models import Edition, Post
    from posts.publishing import publish

    numbers = iter(range(10**9))

    def post():
        number = next(numbers)
        body = "<p>Keep a copy of the letter in one place.</p>" * 30
        return Post.objects.create(
            title="A title", slug=f"a-{number}", summary="What it says.", body=body
        )

    def plain():
        publish(post(), by=None)

    def told():
        with transaction.atomic():
            append_with_facts("publish", publish(post(), by=None), by="bench")

    say("An article made and published", timed(plain))
    subject = subjects.freeze(
        Edition, facts=facts, movable=["ended_by"], ends="live_until", proof=proof
    )
    with transaction.atomic():
        record_existing_rows(subject)
    triggers.install("default")
    say("The same with a line and guards", timed(told))


def many(count):
    from django.db import transaction

    from lawblog.records.acting import Actor
    from lawblog.records.ledger import Draft, append_all
    from lawblog.records.verify import check

    by = Actor(2, "Anna Example")
    facts = {"slug": "an-article-of-the-firm", "digest": "0" * 64, "note": "x" * 100}
    for number in (count // 10, count - count // 10):
        began = time.perf_counter()
        with transaction.atomic():
            append_all(Draft("capture", facts, by) for _ in range(number))
        wrote = time.perf_counter() - began
        began, before = time.perf_counter(), peak()
        result, _ = check()
        took = time.perf_counter() - began
        print(
            f"{number:,} lines written in {wrote:.1f} s. {result}: "
            f"in {took:.1f} s, {peak() - before:.1f} MB more than at the most before"
        )


def peak():
    """Megabytes that this process took at the most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
