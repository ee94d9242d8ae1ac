"""Free to leave: what is exported is read by others."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lawblog.keeping import exporting, redirect_pages
from offices.models import Office
from posts.exporting import articles
from posts.models import Edition
from posts.publishing import withdraw

pytestmark = pytest.mark.slow


def test_redirects_are_told_in_three_forms(exported):
    with (exported / "redirects/redirects.csv").open() as file:
        rows = list(csv.DictReader(file))
    old, new = "/posts/topics/courts/", "/posts/topics/courthouses/"
    assert {"from": old, "to": new, "status": "301"} in rows
    assert f"{old} {new} 301\n" in (exported / "redirects/_redirects").read_text()
    assert f"    {old} {new};\n" in (exported / "redirects/nginx-map.conf").read_text()


def test_the_twin_is_what_the_site_answers_but_for_pages_of_lists(exported, client):
    site, differing, moved = exported / "site", [], []
    files = [path for path in site.rglob("*") if path.is_file()]
    for path in files:
        address = address_of(path.relative_to(site))
        answer = client.get(address)
        if path.name == "_redirects":
            continue
        if path.name == "index.html" and (feeds := [*path.parent.glob("index.[xj]*")]):
            to = f"/{feeds[0].relative_to(site)}"
            assert f'url={to}"' in path.read_text()
            assert f"{address} {to} 200!\n" in (site / "_redirects").read_text()
            continue
        if answer.status_code == 301:
            # For a web server that is told nothing.
            assert f'content="0; url={answer["Location"]}"' in path.read_text()
            moved.append(address)
            continue
        if path.name != "404.html" and path.read_bytes() != answer.getvalue():
            differing.append(address)
    assert all("/posts/" in address for address in differing), differing
    assert "/posts/topics/courts/" in moved
    assert "/posts/topics/courts/ " in (site / "_redirects").read_text()
    first = (site / "posts/index.html").read_text()
    assert 'href="/posts/index-page-2.html"' in first and "?page=2" not in first
    assert (site / "posts/index-page-2.html").exists()
    assert "feed/index.xml" in {str(path.relative_to(site)) for path in files}
    assert "Page not found" in (site / "404.html").read_text()
    assert (site / "es/404.html").exists()
    told = (exported / "site-nginx.conf").read_text()
    assert "location /es/ { error_page 404 /es/404.html;" in told
    assert "index index.xml index.json index.html;" in told


@pytest.mark.parametrize(
    "old, goal, place",
    [
        ("/2019/05/bond.html", "/posts/bond/", "2019/05/bond.html"),
        ("/blog/bond", "/posts/bond/", "blog/bond/index.html"),
        ("/año/", "/posts/bond/", "año/index.html"),
        ("/?p=12", "/posts/bond/", None),
        ("/gone/", "", None),
        ("/index.html", "/", None),
        ("/robots.txt/old/", "/", None),
        ("/../outside/", "/", None),
        (f"/{'x' * 300}/", "/", None),
        ('/"><script>/', '/x"><script>', '"><script>/index.html'),
    ],
)
def test_an_old_address_is_a_page_that_leads_on(tmp_path, old, goal, place):
    site, redirects = tmp_path / "site", tmp_path / "redirects"
    for folder in (site, redirects):
        folder.mkdir()
    for name in ("index.html", "robots.txt"):
        (site / name).write_text("its own")
    with (redirects / "redirects.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("from", "to", "status"), (old, goal, 301)])
    (redirects / "_redirects").write_text("")
    assert redirect_pages.write(site, redirects) == (place is not None)
    written = {str(p.relative_to(site)) for p in site.rglob("*") if p.is_file()}
    assert written - {"index.html", "robots.txt", "_redirects"} == {place} - {None}
    assert (site / "index.html").read_text() == "its own"
    assert not (tmp_path / "outside").exists()
    if place:
        text = (site / place).read_text()
        assert "<script>" not in text and 'rel="canonical"' in text


def address_of(path):
    folder = "" if str(path.parent) == "." else f"{path.parent}/"
    if path.name.startswith("index-page-"):
        return f"/{folder}?page={path.stem.removeprefix('index-page-')}"
    return f"/{folder}" if path.stem == "index" else f"/{path}"


def test_the_record_is_a_table_without_formulas(exported):
    with (exported / "record.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 15
    row = next(row for row in rows if row["slug"] == "sum")
    assert row["title"] == "'=SUM(A1)"
    assert row["address"] == "http://127.0.0.1:8000/posts/sum/"
    assert row["digest"] == Edition.objects.get(slug="sum").digest


def test_offices_are_cards_and_json_without_accounts(exported):
    assert "BEGIN:VCARD" in (exported / "offices/fort-lee.vcf").read_text()
    found = json.loads((exported / "firm.json").read_text())
    assert [o["name"] for o in found["offices"]] == ["Fort Lee", "New York"]
    assert found["links"] == []
    assert "user" not in (exported / "firm.json").read_text()
    assert Office.objects.count() == 2


def test_drafts_and_pictures_leave_too_and_the_readme_says_what_is_there(exported):
    assert "draft: true" in (exported / "drafts/a-draft.md").read_text()
    assert (exported / "media/pictures/a-1x1.png").read_bytes() == b"picture"
    text = (exported / "README.txt").read_text()
    for name in ("articles/", "drafts/", "record.csv", "wordpress.xml", "firm.json"):
        assert name in text
    assert not list(exported.parent.glob(".out*"))


def test_what_readers_do_not_see_leaves_too(
    set_up, publish, make_post, tmp_path, settings
):
    coming = timezone.now() + timedelta(days=1)
    publish("To come", at=coming)
    withdraw(publish("Withdrawn", published_on=date(2020, 2, 29)).post, by=None)
    original = publish("Live").post
    for post in (original, make_post("Draft", language="es", translation_of=original)):
        post.body = "<p>Changed since.</p>"
        post.save()
    articles.write(tmp_path)
    found = {path.stem: path.read_text() for path in tmp_path.glob("drafts/*")}
    assert found.keys() == {"to-come", "withdrawn", "draft"}
    assert all("\ndraft: true\n" in text for text in found.values())
    assert "Text of To come." in found["to-come"] and "\nurl:" not in found["to-come"]
    assert f"\nurl: {settings.SITE_URL}/posts/withdrawn/\n" in found["withdrawn"]
    assert "\ndate: '2020-02-29'\n" in found["withdrawn"]
    assert f"translation_of: {settings.SITE_URL}/posts/live/\n" in found["draft"]
    changed = {path.stem: path.read_text() for path in tmp_path.glob("changes/*")}
    assert changed.keys() == {"live"} and "Changed since." in changed["live"]
    assert "Text of Live." in (tmp_path / "articles/en/live.md").read_text()


def test_nothing_is_written_over_and_half_an_export_goes(
    db, tmp_path, monkeypatch, settings
):
    (tmp_path / "there").mkdir()
    with pytest.raises(CommandError, match="is there already"):
        call_command("export", str(tmp_path / "there"))

    def full(folder: Path) -> str:
        (folder / "half").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_exporters", {"full": full})
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("export", str(tmp_path / "new"))
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
