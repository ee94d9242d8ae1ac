"""The import_posts command: drafts, once each, never anything public."""

import re
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from offices.models import Attorney
from posts.importing import read
from posts.models import Edition, Post, Topic
from posts.publishing import publish

PAGE = Path(__file__).parents[1] / "data" / "wix_page.txt"
DATA = PAGE.parent / "importing"

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
    assert post.summary == article.summary
    assert post.published_on == post.law_as_of == date(2019, 3, 5)
    assert post.imported_from == article.key
    assert post.language == "en"


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
    assert Post.objects.get(imported_from__startswith="text:").slug == slug


def test_a_bad_file_is_reported_and_the_rest_goes_on(tmp_path, page):
    out = StringIO()
    rtf = tmp_path / "b.txt"
    rtf.write_text("{\\rtf1 Not text}", encoding="utf-8")
    files = [tmp_path / "no.txt", page("One", "a.txt"), rtf, PAGE]
    with pytest.raises(CommandError, match="2 could not be imported"):
        call_command("import_posts", *map(str, files), stdout=out)
    assert Post.objects.count() == 2
    report = out.getvalue()
    assert f"Not imported: {tmp_path}/no.txt: There is no such file" in report
    assert re.search(r"Not imported: .*b.txt: It is RTF", report)


def test_a_title_that_is_too_long_comes_in_shortened(page):
    report = run(page("x" * 201))
    assert Post.objects.get().title == "x" * 199 + "…"
    assert "Look at: The title was too long" in report


def test_the_exit_code_tells_of_a_bad_file(tmp_path):
    with pytest.raises(CommandError) as error:
        run(tmp_path / "no.txt")
    assert error.value.returncode == 1


def test_a_folder_and_an_archive_are_read(tmp_path, page):
    page("One", "a.txt")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("c.txt", "Two\n\nMay 1, 2020\n\nText.")
    run(tmp_path)
    assert "already imported as “Two”" in run(tmp_path / "b.zip")
    assert set(Post.objects.values_list("title", flat=True)) == {"One", "Two"}


def test_two_titles_of_signs_are_two_drafts(page):
    run(page("😀😀", "a.txt"), page("🎉", "b.txt"))
    assert Post.objects.count() == 2


def test_what_an_earlier_version_imported_is_known(page):
    make = {"summary": "Old.", "body": "<p>A</p>", "slug": "old"}
    Post.objects.create(title="Old", imported_from="wix:2020-05-01:one", **make)
    assert "already imported as “Old”" in run(page("One"))
    assert Post.objects.count() == 1


def test_what_the_export_says_is_taken_over(settings):
    settings.TIME_ZONE = "America/New_York"
    topic = Topic.objects.create(name="Oil", slug="oil")
    author = Attorney.objects.create(name="Mary Roe", slug="mary-roe")
    with pytest.raises(CommandError, match="One could not be imported"):
        run(DATA / "wordpress.xml")
    post = Post.objects.get(slug="who-keeps-the-lantern")
    assert post.published_on == post.law_as_of == date(2019, 7, 4)
    assert post.author == author
    assert list(post.topics.all()) == [topic]
    assert post.summary == "About the keeper."
    # Pictures are not fetched: none may stand there dead.
    assert "<img" not in post.body
    assert Post.objects.get(language="es").title == "¿Quién guarda el farol?"


def test_what_is_not_taken_over_is_reported():
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_posts", str(DATA / "wordpress.xml"), stdout=out)
    report = out.getvalue()
    for line in (
        "The old site’s topics that are none here. (Keepers & Co, Oil)",
        "The author is no attorney here. (Mary Roe)",
        "Old address: https://old.example.com/?p=12",
        "A picture was not taken over. Tests fetch nothing. (“A lantern” (https://old.",
        "Note: ",
        "Comments of readers that were left out: 1.",
    ):
        assert line in report


def test_an_export_read_twice_makes_no_second_draft():
    for _ in range(2):
        with pytest.raises(CommandError):
            run(DATA / "wordpress.xml")
    assert Post.objects.count() == 2


def test_relative_addresses_follow_the_site_that_is_told(tmp_path):
    path = tmp_path / "ghost.json"
    path.write_text(
        '{"data":{"posts":[{"id":"1","title":"One","slug":"one","html":'
        '"<p>See <a href=\\"__GHOST_URL__/fees/\\">fees</a>.</p>"}]}}'
    )
    run(path, site="https://old.example.com")
    assert 'href="https://old.example.com/fees/"' in Post.objects.get().body


def test_a_site_that_is_no_address_is_refused():
    with pytest.raises(CommandError, match="--site is an address"):
        run(PAGE, site="old.example.com")
