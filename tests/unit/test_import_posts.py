"""The import_posts command: drafts, once each, never anything public."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from posts.importing import read
from posts.models import Edition, Post
from posts.publishing import publish

PAGE = Path(__file__).parents[1] / "data" / "wix_page.txt"

pytestmark = pytest.mark.django_db


def run(*files, **options):
    out = StringIO()
    call_command("import_posts", *map(str, files), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def page(tmp_path):
    """Writes a page with this title; returns its path."""

    def write(title, name="page.txt"):
        path = tmp_path / name
        path.write_text(f"{title}\n\nMay 1, 2020\n\nText.", encoding="utf-8")
        return path

    return write


def test_an_import_makes_a_draft():
    run(PAGE)
    post = Post.objects.get()
    (article,) = read(PAGE)
    assert post.title == "When the Library Lends Umbrellas"
    assert post.slug == "when-the-library-lends-umbrellas"
    assert post.body == article.body
    assert post.summary == ""
    assert post.published_on == post.law_as_of == date(2019, 3, 5)
    assert post.imported_from == article.key


def test_nothing_imported_is_public():
    run(PAGE)
    assert not Edition.objects.exists()


def test_the_report_says_what_was_done_and_where_to_go_on(settings):
    report = run(PAGE)
    assert "Date: March 5, 2019" in report
    assert "Paragraphs: 6, sub-headings: 1" in report
    assert "Left out: “Please reload” (4 times)" in report
    assert "Look at: The last sentence seems unfinished." in report
    address = f"{settings.SITE_URL}/admin/posts/post/{Post.objects.get().pk}/change/"
    assert address in report


def test_a_dry_run_reports_and_saves_nothing():
    report = run(PAGE, dry_run=True)
    assert "Paragraphs: 6" in report
    assert "(dry run: nothing saved)" in report
    assert "/admin/" not in report
    assert not Post.objects.exists()


def test_a_second_run_changes_nothing():
    run(PAGE)
    before = Post.objects.values().get()
    assert "already imported as “When the Library Lends" in run(PAGE)
    assert Post.objects.values().get() == before


def test_an_edit_survives_a_second_run():
    run(PAGE)
    Post.objects.update(title="Better", slug="better", body="<p>Mine.</p>")
    assert "already imported as “Better”; nothing changed" in run(PAGE)
    assert Post.objects.values_list("title", "slug", "body").get() == (
        "Better",
        "better",
        "<p>Mine.</p>",
    )


def test_a_page_named_twice_is_imported_once():
    assert "already imported" in run(PAGE, PAGE)
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("title", "slug"),
    (
        ("Taken", "taken-3"),
        ("Once public", "once-public-2"),
        ("2018", "2018-2"),
        ("Topics", "topics-2"),
        ("日本", "article"),
        ("word " * 30, ("word-" * 19)[:-1]),
    ),
)
def test_the_address_is_free_and_allowed(page, title, slug):
    for taken in ("taken", "taken-2", "once-public"):
        Post.objects.create(title="Old", summary="Old.", slug=taken, body="<p>A</p>")
    publish(Post.objects.get(slug="once-public"), by=None)
    Post.objects.filter(slug="once-public").update(slug="moved")
    run(page(title))
    assert Post.objects.get(imported_from__startswith="wix:").slug == slug


def test_one_bad_file_stops_the_whole_import(tmp_path):
    with pytest.raises(CommandError, match="There is no file .*no.txt. Check the name"):
        run(PAGE, tmp_path / "no.txt")
    assert not Post.objects.exists()


def test_a_field_that_refuses_stops_the_whole_import(page):
    with pytest.raises(CommandError, match="nor anything else: .* at most 200"):
        run(PAGE, page("x" * 201))
    assert not Post.objects.exists()


def test_a_page_that_is_no_article_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("No article", encoding="utf-8")
    with pytest.raises(CommandError, match="page.txt: No line is a date"):
        run(path)
