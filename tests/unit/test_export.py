"""Free to leave: what is exported is read by others, and by us again."""

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image

from lawblog.keeping import exporting, redirect_pages
from lawblog.media.pictures import store
from lawblog.pagecache import snapshot
from offices.models import Office
from posts.exporting import articles
from posts.models import Edition, Post, Series, Term, Topic
from posts.publishing import publish as let_through
from posts.publishing import withdraw

pytestmark = pytest.mark.slow

BODY = (
    "<h2>First</h2><p>Words <strong>in bold</strong>, “quoted” [[a note]].</p>"
    "<ul><li>one</li><li>two</li></ul>"
    "<table><tbody><tr><td>cell</td></tr></tbody></table>"
)
SAME = "title slug language summary published_on".split()


@pytest.fixture
def exported(set_up, publish, make_post, settings, tmp_path, monkeypatch):
    """The folder of an export."""
    # It would drop the connection that has the test's transaction.
    monkeypatch.setattr(snapshot, "close_old_connections", lambda: None)
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    (tmp_path / "pages.changed").touch()
    (tmp_path / "media/pictures").mkdir(parents=True)
    (tmp_path / "media/pictures/a-1x1.png").write_bytes(b"picture")
    publish("A title: with a colon", topics=["Asylum", "Courts"], body=BODY)
    publish("Un título", language="es", published_on=date(2020, 2, 29))
    publish("=SUM(A1)", slug="sum")
    for number in range(12):
        publish(f"Number {number}")
    make_post("A draft")
    topic = Topic.objects.get(name="Courts")
    topic.slug = "courthouses"
    topic.save()
    folder = tmp_path / "out"
    told = io.StringIO()
    call_command("export", str(folder), stdout=told)
    assert told.getvalue().count("\n") == len(exporting._exporters) + 3
    return folder


def facts(editions):
    """What readers see of each, without the spaces between blocks."""
    found = {}
    for edition in editions:
        values = [getattr(edition, name) for name in SAME]
        topics = sorted(topic.name for topic in edition.topics.all())
        body = re.sub(r">\s+<", "><", edition.body.strip())
        found[edition.slug] = (*values, topics, body)
    return found


@pytest.mark.parametrize("what", ["articles", "wordpress.xml"])
def test_an_export_into_an_empty_site_gives_the_same_articles(exported, what):
    before = facts(Edition.objects.live())
    assert len(before) == 15
    # As an empty site is: the topics' names are known, the articles are not.
    remove_all()
    call_command("import_posts", str(exported / what), stdout=io.StringIO())
    for post in Post.objects.all():
        post.law_as_of = date(2026, 11, 2)
        post.save()
        let_through(post, by=None)
    assert facts(Edition.objects.live()) == before


def everything(editions):
    """What readers see of each, and how one leads to another."""
    found = {}
    for edition in editions:
        post = edition.post
        others = [post.translation_of, post.superseded_by, edition.series]
        found[edition.slug] = (
            *(edition.kind, edition.law_as_of, edition.review_by, edition.part),
            *(edition.cover_alt, bool(edition.cover), edition.cover_focus),
            [other and other.slug for other in others],
            sorted((topic.name, topic.slug) for topic in edition.topics.all()),
            edition.body.count("<img"),
        )
    return found


def test_all_kinds_come_back_from_an_export_as_they_were(
    set_up, publish, settings, tmp_path, monkeypatch
):
    monkeypatch.setattr(snapshot, "close_old_connections", lambda: None)
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    (tmp_path / "pages.changed").touch()
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, "PNG")
    picture = store(ContentFile(out.getvalue(), name="a.png")).url
    series = Series.objects.create(name="First steps", slug="steps")
    facts = {"review_by": date(2027, 3, 4), "law_as_of": date(2026, 2, 3)}
    newer = publish("Newer", series=series, part=2, topics=["Oddly named"], **facts)
    publish("Older", superseded_by=newer.post, series=series, part=1)
    publish("Nuevo", language="es", translation_of=newer.post)
    # By name before what it translates.
    first = publish("Original", language="es")
    publish("A translation", translation_of=first.post)
    publish("A guide", kind="guide", body="<h2>Must I go?</h2><p>Yes.</p>")
    publish("A card", kind="card", body="<ul><li>Say nothing.</li></ul>")
    cover = {"cover": picture, "cover_alt": "A ramp", "cover_x": 30, "cover_y": 0}
    publish("Covered", body=f'<p>See:</p><p><img src="{picture}" alt="x"></p>', **cover)
    Topic.objects.filter(name="Oddly named").update(slug="another-address")
    before = everything(Edition.objects.live())
    call_command("export", str(tmp_path / "out"), stdout=io.StringIO())
    remove_all()
    Series.objects.all().delete()
    Topic.objects.filter(name="Oddly named").delete()
    call_command("import_posts", str(tmp_path / "out"), stdout=io.StringIO())
    assert not Series.objects.get().is_public
    for post in Post.objects.order_by("-pk"):
        let_through(post, by=None)
    assert everything(Edition.objects.live()) == before


def names_of_all():
    """What readers of either language see of topics, series and explained words."""
    rows = [*Topic.objects.all(), *Series.objects.all()]
    said = [
        (
            r.name,
            r.slug,
            r.description,
            sorted(r.in_other_languages.get("es", {}).items()),
        )
        for r in rows
    ]
    terms = Term.objects.values_list("term", "forms", "language", "explanation")
    return sorted(map(str, said)), sorted(terms)


def test_topics_series_and_explained_words_come_back_with_all_they_say(
    set_up, publish, settings, tmp_path, monkeypatch
):
    monkeypatch.setattr(snapshot, "close_old_connections", lambda: None)
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    (tmp_path / "pages.changed").touch()
    spanish = {"es": {"name": "Asilo", "description": "Qué es “asilo” …"}}
    says = {"description": "What asylum is. ñ", "in_other_languages": spanish}
    topic = Topic.objects.create(name="Seeking asylum", slug="asylo", **says)
    Series.objects.create(name="First steps", slug="steps", **says)
    more = publish("More about it", topics=[topic.name])
    two = {"forms": "asylums, refuge", "explanation": "Line one.\r\nLine two."}
    Term.objects.create(term="asylum", article=more.post, is_public=True, **two)
    Term.objects.create(term="asilo", language="es", explanation="Otra.")
    before = names_of_all()
    call_command("export", str(tmp_path / "out"), stdout=io.StringIO())
    assert "Asilo" in (tmp_path / "out/names.json").read_text()
    assert "<wp:category_description>What asylum is. ñ</wp:category_description>" in (
        tmp_path / "out/wordpress.xml"
    ).read_text(encoding="utf-8")
    remove_all()
    Term.objects.all().delete()
    Series.objects.all().delete()
    Topic.objects.filter(pk=topic.pk).delete()
    told = io.StringIO()
    call_command("import_posts", str(tmp_path / "out"), stdout=told)
    assert "Topics, series and explained words that came along:" in told.getvalue()
    assert names_of_all() == before
    assert Term.objects.get(term="asylum").article == Post.objects.get()
    # Nothing of it reaches readers by itself…
    rows = [*Term.objects.all(), Topic.objects.get(slug="asylo"), Series.objects.get()]
    assert not any(row.is_public for row in rows)
    # …and what they see is left as it is, however often it comes.
    Topic.objects.filter(slug="asylo").update(is_public=True, description="Ours.")
    call_command("import_posts", str(tmp_path / "out"), stdout=io.StringIO())
    assert Topic.objects.get(slug="asylo").description == "Ours."
    assert Term.objects.count() == 2


def test_names_that_do_not_fit_are_left_out_by_name(db, tmp_path):
    fine = {"word": "Fine\0", "language": "en", "explanation": "Yes.", "article": 7}
    long = {
        "name": "Long",
        "address": "a",
        "in_other_languages": {"es": {"name": "x" * 61}},
    }
    text = {
        "format": "lawblog names",
        "topics": [long, {"name": "y" * 99}, 5, {"in_other_languages": {"es": 1}}],
        "series": {"no": "list"},
        "words": [fine, {**fine, "word": "Greek", "language": "el"}, {}, fine],
    }
    (tmp_path / "lawblog.json").write_text("{}")
    (tmp_path / "names.json").write_text(json.dumps(text))
    told = io.StringIO()
    call_command("import_posts", str(tmp_path), stdout=told)
    assert [term.term for term in Term.objects.all()] == ["Fine"]
    assert "“Long”" in told.getvalue() and "“Greek”" in told.getvalue()
    assert not Topic.objects.filter(in_other_languages__has_key="es").exists()


def test_what_another_program_wrote_is_not_taken_for_our_export(db, tmp_path):
    text = "---\ntitle: A\nkind: guide\nlaw_as_of: 2020-01-01\n---\n\nWords here.\n"
    (tmp_path / "a.md").write_text(text)
    spoilt = "kind: nonsense\npart: many\nreview_by: May\ncover: ../../etc/passwd\n"
    text = text.replace("kind: guide\n", f"written_by: lawblog\n{spoilt}")
    (tmp_path / "b.md").write_text(text.replace("title: A", "title: B"))
    call_command("import_posts", str(tmp_path), stdout=io.StringIO())
    foreign, spoilt = Post.objects.order_by("title")
    assert foreign.kind is None and foreign.law_as_of != date(2020, 1, 1)
    assert spoilt.law_as_of == date(2020, 1, 1)
    assert (spoilt.kind, spoilt.part, spoilt.review_by, spoilt.cover) == (None,) * 4


def remove_all():
    from django.db.models import QuerySet

    from lawblog.records.without_guards import lifted

    with lifted("A test begins anew."):
        nothing = {"superseded_by": None, "translation_of": None}
        QuerySet.update(Edition.objects.all(), translates=None, **nothing)
        Post.objects.update(**nothing)
        QuerySet.delete(Edition.objects.all())
        Post.objects.all().delete()


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
