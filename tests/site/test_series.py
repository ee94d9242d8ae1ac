"""Series, related articles, and how an article is passed on."""

import hashlib
import json
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from helpers.clock import NOON
from helpers.form_opened import seen
from helpers.isolation import forget

from lawblog.html.richtext import to_text
from posts import publishing
from posts.models import Edition, Post, Series, Topic
from posts.public.related import sharing_a_topic
from posts.publishing.digest import LATER_FIELDS


@pytest.fixture(autouse=True)
def clock(set_up):
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def series(db):
    return Series.objects.create(name="The first year", slug="first-year")


@pytest.fixture
def parts(publish, series):
    return [publish(f"Part {n}", series=series, part=n) for n in (1, 2, 3)]


def page(client, address):
    return to_text(client.get(address).content.decode().partition("<body>")[2])


@pytest.mark.slow
def test_an_article_says_which_part_it_is(client, parts):
    first, second, third = (page(client, f"/posts/part-{n}/") for n in (1, 2, 3))
    assert "Part 1 of 3 of The first year After this: Part 2" in first
    assert (
        "Part 2 of 3 of The first year Before this: Part 1 After this: Part 3" in second
    )
    assert "Part 3 of 3 of The first year Before this: Part 2" in third
    assert "Before this:" not in first and "After this:" not in third
    assert "Part 1 Summary of Part 1. Part 2" in page(client, "/series/first-year/")


@pytest.mark.slow
def test_parts_are_counted_among_what_is_live(client, parts, clock, sitemap):
    publishing.withdraw(parts[1].post, by=None, at=NOON + timedelta(hours=1))
    clock.shift(timedelta(hours=1))
    assert "Part 2 of 2 of The first year Before this: Part 1" in page(
        client, "/posts/part-3/"
    )
    for edition in (parts[0], parts[2]):
        publishing.withdraw(edition.post, by=None)
    assert client.get("/series/first-year/").status_code == 404
    assert "/series/" not in sitemap()


@pytest.mark.slow
def test_a_change_of_part_or_series_waits_for_approval(client, parts):
    Post.objects.filter(slug="part-1").update(part=9)
    Post.objects.filter(slug="part-2").update(series=None, part=None)
    assert "Part 1 of 3" in page(client, "/posts/part-1/")
    assert "Part 2 of 3" in page(client, "/posts/part-2/")
    for slug in ("part-1", "part-2"):
        publishing.publish(Post.objects.get(slug=slug), by=None)
    assert "Part 2 of 2" in page(client, "/posts/part-1/")
    assert "The first year" not in page(client, "/posts/part-2/")


@pytest.mark.slow
def test_a_translation_is_a_part_of_its_own(client, publish, parts, series):
    publish("Parte 1", series=series, part=1, language="es")
    place = page(client, "/es/posts/parte-1/")
    assert "Parte 1 de 1" in place and "Después de esta" not in place
    assert client.get("/es/posts/parte-1/qr.svg").status_code == 200
    elsewhere = client.get("/posts/parte-1/qr.svg")
    assert elsewhere["Location"] == "/es/posts/parte-1/qr.svg"
    assert "Parte 1" in page(client, "/es/series/first-year/")
    assert "Part 1 of 3" in page(client, "/posts/part-1/")
    assert "Parte 1" not in page(client, "/series/first-year/")


def test_the_preview_shows_where_the_draft_would_stand(
    attorney_client, make_post, publish, series
):
    publish("Part 1", series=series, part=1)
    draft = make_post("Part 2", series=series, part=2)
    shown = page(attorney_client, f"/admin/posts/post/{draft.pk}/preview/")
    assert "Part 2 of 2 of The first year Before this: Part 1" in shown


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"part": None}, "A part in a series has both"),
        ({"series": None}, "A part in a series has both"),
        ({"part": 1}, "“Part 1” is part 1 of this series already"),
        ({"part": 0}, "greater than or equal to 1"),
    ],
)
def test_half_a_part_and_a_part_twice_are_refused(
    parts, make_post, series, fields, sentence
):
    post = make_post("New", **{"series": series, "part": 4, **fields})
    with pytest.raises(ValidationError, match=sentence):
        post.full_clean()


def test_editions_from_before_there_were_series_keep_their_digest(publish, series):
    """The fields count where they say something, and else are not there."""
    edition = publish()
    words = edition.copied_words()
    rest = {"published_on", "author_name", "topic_names"}
    content = {**words, **{name: getattr(edition, name) for name in rest}}
    for later in ("author_id", *LATER_FIELDS):
        del content[later]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    assert edition.digest == hashlib.sha256(text.encode()).hexdigest()
    placed = publish("B", slug="b", series=series, part=1)
    moved = Edition(**{**vars_of(placed), "part": 2})
    assert publishing.digest_of(placed) == placed.digest
    assert publishing.digest_of(moved) != placed.digest


def vars_of(edition):
    return {f.attname: getattr(edition, f.attname) for f in edition._meta.fields}


@pytest.mark.slow
def test_the_desk_chooses_series_and_part(staff_client, series, post_form):
    form = post_form(series=series.pk, part="2")
    staff_client.post("/admin/posts/post/add/", form)
    assert (Post.objects.get().series, Post.objects.get().part) == (series, 2)
    answer = staff_client.post(
        "/admin/posts/post/add/", post_form(slug="b", series=series.pk)
    )
    assert "A part in a series has both" in answer.content.decode()


def test_staff_begin_a_series_and_the_attorney_renames_it(staff_client, attorney):
    form = {"name": "A series", "slug": "a-series"}
    staff_client.post("/admin/posts/series/add/", form)
    address = f"/admin/posts/series/{Series.objects.get().pk}/change/"
    Series.objects.update(is_public=True)
    renamed = {**form, "name": "Renamed", "is_public": "on"}
    assert staff_client.post(address, renamed).status_code == 403
    staff_client.force_login(attorney)
    staff_client.post(address, renamed | seen(Series.objects.get()))
    assert Series.objects.get().name == "Renamed"


# Related articles


def related(client, address="/posts/a-title/"):
    shown = client.get(address).content.decode()
    cards = shown.partition('<ul class="cards">')[2].partition("</ul>")[0]
    return re.findall(r'<a href="[^"]*">(.*?)</a>', cards)


@pytest.mark.slow
def test_related_articles_share_a_topic_and_rare_words(client, publish):
    for day, title, text in (
        (1, "Far", "The court sets a date for the hearing."),
        (2, "Near", "The court reads the affidavit of a grandmother."),
        (3, "Other", "The court may grant more time."),
        (4, "Elsewhere", "The affidavit of a grandmother."),
    ):
        topic = "Visas" if title == "Elsewhere" else "Asylum"
        body = f"<p>{text}</p>"
        publish(title, body=body, topics=[topic], published_on=date(2026, 1, day))
    publish(body="<p>My grandmother’s affidavit and the court.</p>", topics=["Asylum"])
    found = related(client)
    assert found[0] == "Near" and set(found) == {"Near", "Far", "Other"}


@pytest.mark.slow
def test_only_the_newest_are_compared(client, publish, monkeypatch):
    monkeypatch.setattr("posts.public.related.MAX_CANDIDATES", 4)
    publish("Same words", topics=["Asylum"], published_on=date(2020, 1, 1))
    for number in range(4):
        publish(f"Newer {number}", topics=["Asylum"], published_on=date(2026, 1, 1))
    publish("Same words", slug="a-title", topics=["Asylum"])
    assert len(related(client)) == 3 and "Same words" not in related(client)


@pytest.mark.slow
def test_of_many_articles_of_several_topics_the_newest_are_compared(
    publish, monkeypatch
):
    for number in range(8):
        names = ["Visas"] if number < 3 else ["Asylum"]
        publish(f"No {number}", topics=names, published_on=date(2026, 1, 1 + number))
    publish("Both", topics=["Asylum", "Visas"], published_on=date(2026, 1, 9))
    itself = publish("Itself", topics=["Asylum", "Visas"])
    newest = ["Both", *(f"No {n}" for n in range(7, -1, -1))]
    for most in (2, 3, 5, 50):
        forget()
        monkeypatch.setattr("posts.public.related.MAX_CANDIDATES", most)
        found = [each.title for each in sharing_a_topic(itself, Topic.objects.all())]
        assert found == newest[:most]


@pytest.mark.slow
def test_an_article_in_a_foreign_script_or_without_a_topic_has_a_page(client, publish):
    publish("???", slug="a-title", summary="!", body="<p>…</p>", topics=["Asylum"])
    publish("!!!", slug="b", summary="!", body="<p>…</p>", topics=["Asylum"])
    publish("Alone")
    assert related(client) == ["!!!"] and related(client, "/posts/alone/") == []


# Passing on


def test_an_article_is_passed_on_without_anybody_learning_of_it(client, publish):
    publish("Rights & wrongs", slug="a-title")
    shown = client.get("/posts/a-title/").content.decode()
    address = "http://127.0.0.1:8000/posts/a-title/"
    assert (
        'href="mailto:?subject=Rights%20%26%20wrongs&amp;'
        'body=http%3A//127.0.0.1%3A8000/posts/a-title/"'
    ) in shown
    assert f'value="{address}" readonly' in shown


def test_the_printed_code_holds_the_address_of_what_is_live(client, publish):
    edition = publish()
    answer = client.get("/posts/a-title/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml" and b"<svg" in answer.content
    from offices.public.calendar_and_qr import qr

    assert answer.content == qr("http://127.0.0.1:8000/posts/a-title/")
    publishing.withdraw(edition.post, by=None)
    assert client.get("/posts/a-title/qr.svg").status_code == 404


def test_a_draft_offers_no_address_that_leads_nowhere(attorney_client, make_post):
    draft = make_post()
    shown = attorney_client.get(f"/admin/posts/post/{draft.pk}/preview/").content
    assert b"mailto:" not in shown and b"qr.svg" not in shown
    assert not Edition.objects.exists()
