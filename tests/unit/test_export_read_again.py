"""What was exported is read by us again, and is what it was."""

import io
import json
import re
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image

from lawblog.media.pictures import store
from lawblog.pagecache import snapshot
from posts.models import Edition, Post, Series, Term, Topic
from posts.publishing import publish as let_through

pytestmark = pytest.mark.slow


SAME = "title slug language summary published_on".split()


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

    from lawblog.records.without_guards import lift_guards

    with lift_guards("A test begins anew."):
        nothing = {"superseded_by": None, "translation_of": None}
        QuerySet.update(Edition.objects.all(), translates=None, **nothing)
        Post.objects.update(**nothing)
        QuerySet.delete(Edition.objects.all())
        Post.objects.all().delete()
