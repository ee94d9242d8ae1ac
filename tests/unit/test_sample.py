"""The sample articles: labelled, clean, and taken away without a trace of one's own."""

import io
import re
from email import message_from_string

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from lawblog.html.cleaning import clean
from lawblog.html.richtext import to_text
from lawblog.management.commands.sample import FOLDER
from lawblog.pagecache import snapshot
from posts import publishing
from posts.models import ArticleCount, Edition, Post, Topic
from posts.search import search

pytestmark = pytest.mark.slow

FILES = sorted(FOLDER.glob("*.html"))
LABELS = {"en": "Sample article: ", "es": "Artículo de muestra: "}
SAMPLE = {"en": "Sample", "es": "Ejemplo"}

each_sample = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def run(*args):
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def read(path):
    return message_from_string(path.read_text(encoding="utf-8"))


@pytest.fixture
def samples(set_up, noted):
    now = timezone.now()
    noted.again("samples", lambda: run("sample"), at=now, numbered=True)


def test_a_few_of_each_kind_are_loaded_and_published(samples):
    assert 10 <= len(FILES) <= 20
    assert {*Edition.objects.live().values_list("kind", flat=True)} == {
        *(None, "guide", "card")
    }
    assert Post.objects.filter(is_sample=True).count() == len(FILES)
    assert Edition.objects.live().count() == len(FILES)
    assert Edition.objects.live().filter(language="es").count() == 4
    assert set(Edition.objects.values_list("approved_by_name", flat=True)) == {
        "nobody (sample)"
    }


def test_each_is_on_the_site_under_its_label(samples, client):
    for edition in Edition.objects.live():
        page = client.get(edition.get_absolute_url())
        assert page.status_code == 200
        label = f"<p><em>{LABELS[edition.language]}"
        if edition.is_card:  # Its six lines are for what to do.
            label = f"<strong>{SAMPLE[edition.language]}</strong>"
        assert label in page.content.decode()


@each_sample
def test_the_text_passes_through_the_cleaner_unchanged(path):
    body = read(path).get_payload()
    assert clean(body).replace(' rel="noopener noreferrer"', "") == body.strip()


@each_sample
def test_the_file_has_all_that_a_sample_needs(path):
    sample = read(path)
    heads = ("Title", "Slug", "Language", "Topics", "Published", "Law-as-of", "Summary")
    kept = [head for head in sample if head not in ("Kind", "Original")]
    assert kept == list(heads)
    assert all(value.strip() for value in sample.values())
    assert sample["Slug"].startswith("sample-") and len(sample["Summary"]) <= 300
    assert sample["Language"] in LABELS
    label = f"<p><em>{LABELS[sample['Language']]}"
    assert sample["Kind"] == "card" or sample.get_payload().startswith(label)


def test_removal_takes_exactly_the_samples_away(samples, publish, client):
    shared = Topic.objects.first()
    publish("My own article", topics=[shared.name])
    Topic.objects.create(name="My own topic", slug="my-own-topic")
    sample = Post.objects.filter(is_sample=True).first()
    assert run("sample", "--remove") == f"{len(FILES)} sample articles removed.\n"
    assert [post.title for post in Post.objects.all()] == ["My own article"]
    assert [e.title for e in Edition.objects.all()] == ["My own article"]
    assert {topic.name for topic in Topic.objects.all()} == {
        *(shared.name, "My own topic")
    }
    assert client.get(sample.get_absolute_url()).status_code == 404
    assert client.get("/posts/my-own-article/").status_code == 200


def test_a_topic_that_only_an_own_edition_still_has_stays(samples, publish, make_post):
    topic = Topic.objects.first()
    edition = publish("My own article", topics=[topic.name])
    edition.post.topics.clear()
    run("sample", "--remove")
    assert list(edition.topics.all()) == [topic]


def test_an_own_topic_that_samples_also_use_stays(set_up):
    name = read(FILES[0])["Topics"].split(",")[0]
    Topic.objects.create(name=name, slug=name.lower().replace(" ", "-"))
    run("sample")
    run("sample", "--remove")
    assert [topic.name for topic in Topic.objects.all()] == [name]


def test_removing_what_is_not_there_does_no_harm(set_up, publish):
    publish()
    assert run("sample", "--remove") == "0 sample articles removed.\n"
    assert Post.objects.count() == Edition.objects.count() == 1


def test_removed_samples_can_be_loaded_again(samples):
    run("sample", "--remove")
    run("sample")
    assert Edition.objects.live().count() == len(FILES)


def test_a_second_load_is_refused_and_changes_nothing(samples):
    with pytest.raises(CommandError, match="are loaded already"):
        run("sample")
    assert Post.objects.count() == Edition.objects.count() == len(FILES)


def test_a_public_site_gets_no_samples_and_can_lose_them(samples, settings):
    settings.HTTPS = True
    run("sample", "--remove")
    with pytest.raises(CommandError, match="This is a public site"):
        run("sample")
    assert not Post.objects.exists() and not Topic.objects.exists()


@pytest.mark.django_db
def test_setting_up_loads_them_the_first_time_only(client):
    assert f"{len(FILES)} sample articles loaded" in run("setup", "--with-samples")
    run("sample", "--remove")
    run("setup", "--with-samples")
    assert not Post.objects.exists()
    assert client.get("/posts/").status_code == 200


def test_an_installation_without_samples_never_gets_them_unasked(set_up):
    run("setup", "--with-samples")
    run("setup")
    assert not Post.objects.exists()


@pytest.fixture
def many(set_up, noted):
    now, many = timezone.now(), ("sample", "--count", "60", "--topics", "7")
    return noted.again("many samples", lambda: run(*many), at=now, numbered=True)


def test_many_are_invented_published_and_found(many, client):
    assert many == "60 of 60\n60 sample articles loaded and published.\n"
    live = Edition.objects.live()
    assert live.count() == Post.objects.filter(is_sample=True).count() == 60
    assert live.filter(language="es").count() == 12
    assert Topic.objects.count() == 7
    for edition in live:
        assert publishing.digest_of(edition) == edition.digest
        assert 170 < len(to_text(edition.body).split()) < 350
        assert clean(edition.body) == edition.body
        assert edition.topic_names == [topic.name for topic in edition.topics.all()]
    assert "Page 1 of 5" in client.get("/posts/").content.decode()
    assert search("lawyer before you send anything").page.paginator.count > 10
    bodies = " ".join(live.values_list("body", flat=True))
    rare = re.search(r"In ([A-Z]\w{9,}) many", bodies)[1]
    assert 0 < search(rare).page.paginator.count < 10


def test_the_same_count_gives_the_same_articles(many):
    first = list(Edition.objects.order_by("number").values_list("digest", flat=True))
    run("sample", "--remove")
    run("sample", "--count", "60", "--topics", "7")
    assert sorted(first) == sorted(Edition.objects.values_list("digest", flat=True))


def test_removing_many_leaves_ones_own(many, publish):
    topic = Topic.objects.first()
    publish("My own article", topics=[topic.name])
    assert run("sample", "--remove") == "60 sample articles removed.\n"
    assert [e.title for e in Edition.objects.all()] == ["My own article"]
    assert list(Topic.objects.all()) == [topic]
    assert (
        sum(ArticleCount.objects.filter(topic=None).values_list("count", flat=True))
        == 1
    )
    assert search("own").editions and not search("lawyer").editions


@pytest.mark.parametrize("wrong", ["0", "-5", "many", "1.5"])
def test_a_count_that_is_none_is_refused_in_a_sentence(set_up, wrong):
    with pytest.raises(CommandError, match="is not a whole number above zero"):
        run("sample", f"--count={wrong}")


@pytest.mark.slow
def test_an_article_is_found_by_index_whatever_sqlite_knows(client, set_up):
    """That no article is a translation or in a series is what misleads it."""
    run("sample", "--count", "1000", "--topics", "9")
    seen = steps_to_an_article(client)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.execute("ANALYZE sqlite_schema")  # reads it anew
        again = steps_to_an_article(client)
        assert seen and again
        seen += again
    slow = r"SCAN (posts_edition|[UW]0)|live_from|newest_in_language \(language=\?\)"
    assert [step for step in seen if re.search(slow, step)] == []


def steps_to_an_article(client):
    """How SQLite finds what the page of one of many articles asks for."""
    seen = []
    # Nothing of an earlier visit is left to answer from.
    snapshot.snapshots.snapshot = snapshot.Snapshot(None, 0, 0)

    def watch(execute, sql, params, many, context):
        if connection.vendor == "sqlite" and sql.startswith("SELECT"):
            execute(f"EXPLAIN QUERY PLAN {sql}", params, many, context)
            seen.extend(row[3] for row in context["cursor"].fetchall())
        return execute(sql, params, many, context)

    edition = Edition.objects.live().in_language("en").newest_first()[50]
    with connection.execute_wrapper(watch):
        assert client.get(edition.get_absolute_url()).status_code == 200
    return seen
