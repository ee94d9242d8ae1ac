"""Runs: from files to drafts, however often they are stopped."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from helpers.bringing import bring, html, kept

from lawblog.keeping import hooks, housekeeping
from posts.import_runs import files, jobs, runs
from posts.models import ImportPiece, ImportRun, Post

pytestmark = pytest.mark.django_db


def test_a_run_makes_drafts_and_lets_the_files_go():
    run = bring({"a.html": html("One"), "b.html": html("Two"), "c.rtf": "{\\rtf1 x}"})
    assert sorted(run.lines.values_list("kind", "words")[:3])[:2] == [
        ("made", "One"),
        ("made", "Two"),
    ]
    refused = run.lines.get(kind="refused")
    assert refused.place == "c.rtf" and "save it as .docx" in refused.words
    assert run.ended_at and not ImportPiece.objects.exists()
    assert Post.objects.filter(editions=None).count() == 2


def test_a_run_that_was_killed_goes_on_where_it_was(monkeypatch):
    run = kept({f"{n}.html": html(f"Title {n}") for n in range(4)})
    real, count = runs._line, [0]

    def dies(*args):
        count[0] += 1
        if count[0] == 3:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(runs, "_line", dies)
    with pytest.raises(KeyboardInterrupt):
        jobs.go_on()
    assert run.lines.count() == 2
    monkeypatch.setattr(runs, "_line", real)
    jobs.go_on()
    titles = list(run.lines.values_list("words", flat=True))
    assert titles == [f"Title {n}" for n in range(4)]
    assert set(run.lines.values_list("kind", flat=True)) == {"made"}


def test_no_draft_of_a_run_that_was_killed_stands_in_no_report(monkeypatch):
    run = kept({f"{n}.html": html(f"Title {n}") for n in range(3)})
    real = runs._line

    def dies_behind(*args):
        real(*args)
        raise KeyboardInterrupt

    for _ in range(2):
        monkeypatch.setattr(runs, "_line", dies_behind)
        with pytest.raises(KeyboardInterrupt):
            jobs.go_on()
        assert run.lines.count() == Post.objects.count()
    monkeypatch.setattr(runs, "_line", real)
    jobs.go_on()
    assert set(run.lines.values_list("kind", flat=True)) == {"made"}
    assert runs.undo(run) == (3, 0) and not Post.objects.exists()


def test_housekeeping_goes_on_with_what_waits():
    run = kept({"a.html": html("One")})
    (job,) = [one for one in housekeeping.jobs() if one.name == "articles brought in"]
    assert job.work() == "One import is through." and job.work() is None
    run.refresh_from_db()
    assert run.ended_at and run.lines.count() == 1


def test_files_that_nobody_began_to_read_are_let_go(clock):
    run = ImportRun.objects.create(is_kept=True)
    files.keep(run, "a.txt", 0, b"x")
    jobs.go_on()
    assert ImportPiece.objects.exists()
    clock.shift(timedelta(days=2))
    jobs.go_on()
    assert not ImportPiece.objects.exists()


def test_one_article_that_breaks_everything_stops_no_other(monkeypatch):
    real = runs.drafts.make

    def make(article, *args):
        if article.title == "Bad":
            raise RuntimeError("no sentence for people")
        return real(article, *args)

    monkeypatch.setattr(runs.drafts, "make", make)
    run = bring({"a.html": html("Bad"), "b.html": html("Good")})
    assert Post.objects.get().title == "Good"
    assert "Something went wrong" in run.lines.get(kind="refused").words


def test_what_no_database_takes_holds_up_neither_its_run_nor_the_next():
    """PostgreSQL has no NUL, in no text and in no JSON."""
    link = '<p>Some words of an article, <a href="/a%00b">and a link</a>.</p>'
    address = "https://old.example/c\0d"
    item = {"title": "Two", "url": address, "content_html": "<p>Some words, too.</p>"}
    feed = {"version": "https://jsonfeed.org/version/1", "items": [item]}
    bad = bring({"a.html": html("One", link), "b.json": json.dumps(feed)})
    good = bring({"c.html": html("Three")})
    assert bad.ended_at and good.ended_at
    assert Post.objects.count() == 3


def test_what_came_in_before_is_known_by_its_own_id_and_never_by_its_title():
    address = "https://old.example/one"
    bring({"a.html": html("One", address=address)})
    Post.objects.update(title="Reworded")
    run = bring({"x.html": html("One", address=address), "y.html": html("Reworded")})
    assert sorted(run.lines.values_list("kind", flat=True)) == ["known", "made"]


def test_the_database_refuses_a_second_draft_of_one_source(make_post):
    make_post("One", imported_from="x:1")
    post = Post(title="Two", slug="two", body="<p>A</p>", imported_from="x:1")
    with pytest.raises(ValidationError, match="was imported before"):
        post.full_clean()
    make_post("Three")
    make_post("Four")


@pytest.mark.slow
def test_undoing_removes_what_nobody_changed(publish):
    names = ("Stays", "Goes", "Sent", "Live")
    run = bring({f"{name}.html": html(name) for name in names})
    Post.objects.get(title="Stays").save()
    Post.objects.filter(title="Sent").update(submitted_at=timezone.now())
    live = Post.objects.get(title="Live")
    live.summary = "A summary."
    live.save()
    publish(live)
    assert runs.undo(run) == (1, 3)
    assert not Post.objects.filter(title="Goes").exists()
    assert Post.objects.count() == 3


@pytest.mark.slow
def test_undoing_takes_originals_after_their_translations(make_post):
    run = bring({f"{n}.html": html(f"Title {n}") for n in range(4)})
    posts = list(Post.objects.order_by("pk"))
    Post.objects.filter(pk=posts[1].pk).update(translation_of=posts[0])
    Post.objects.filter(pk=posts[0].pk).update(superseded_by=posts[2])
    own = make_post("Our own", superseded_by=posts[3])
    assert runs.undo(run) == (3, 1)
    assert {*Post.objects.all()} == {own, posts[3]}


def test_what_was_undone_can_come_in_again():
    runs.undo(bring({"a.html": html("One")}))
    assert bring({"a.html": html("One")}).lines.get().kind == "made"


# Files


def test_a_file_comes_in_pieces(monkeypatch):
    run = ImportRun.objects.create(is_kept=True)
    page = html("One").encode()
    files.keep(run, "a.html", 1, page[20:])
    files.keep(run, "a.html", 0, b"sent twice")
    files.keep(run, "a.html", 0, page[:20])
    assert dict(files.UploadedFiles(run)) == {"a.html": page}


@pytest.mark.parametrize(
    ("name", "tidy"),
    (
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\me\\a.html", "C:/Users/me/a.html"),
        ("a\x00b\n.html", "ab.html"),
        ("x" * 400, "x" * 300),
    ),
)
def test_a_name_is_a_label(name, tidy):
    assert files.tidy_name(name) == tidy


@pytest.mark.parametrize(
    ("name", "number", "size", "sentence"),
    (
        ("a", 0, files.PIECE_BYTES + 1, "too large"),
        ("a", 25, 1, "larger than 100 MB"),
        ("../", 0, 1, "without a name"),
    ),
)
def test_what_is_too_much_is_refused(name, number, size, sentence):
    run = ImportRun.objects.create(is_kept=True)
    with pytest.raises(ValidationError, match=sentence):
        files.keep(run, name, number, b"x" * size)


def test_all_files_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(files, "MAX_RUN_BYTES", 10)
    monkeypatch.setattr(files, "MAX_FILES", 2)
    run = ImportRun.objects.create(is_kept=True)
    files.keep(run, "a", 0, b"12345")
    files.keep(run, "a", 0, b"1234567")
    files.keep(run, "b", 0, b"12")
    with pytest.raises(ValidationError, match="together"):
        files.keep(run, "b", 1, b"12345")
    with pytest.raises(ValidationError, match="more than 2 files"):
        files.keep(run, "c", 0, b"1")


def test_a_run_that_has_begun_takes_no_more():
    run = kept({"a.html": html("One")})
    run.refresh_from_db()
    with pytest.raises(ValidationError, match="begun already"):
        files.keep(run, "b.html", 0, b"x")


def test_an_archive_is_read_and_one_within_it_is_refused():
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.html", html("Deep"))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("a.html", html("One"))
        archive.writestr("inner.zip", inner.getvalue())
    run = bring({"all.zip": outer.getvalue()})
    assert Post.objects.get().title == "One"
    assert "an archive within another" in run.lines.get(kind="refused").words


def test_no_backup_carries_the_files():
    assert "posts.importpiece" in hooks.emptied


def test_old_addresses_are_kept_with_the_line():
    run = bring({"a.html": html("One", address="https://www.old.example/post/one")})
    assert run.lines.get().old_addresses == ["https://www.old.example/post/one"]


def test_stopping_keeps_what_came_in(monkeypatch):
    run = kept({f"{n}.html": html(f"Title {n}") for n in range(3)})
    real = runs._line

    def line(*args):
        runs.stop(run)
        return real(*args)

    monkeypatch.setattr(runs, "_line", line)
    jobs.go_on()
    run.refresh_from_db()
    assert run.trouble == "It was stopped before its end."
    assert run.lines.count() == 1 == Post.objects.count()
    assert not ImportPiece.objects.exists()
    assert run.lines.get().post
