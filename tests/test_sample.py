"""The sample articles: labelled, clean, and taken away without a trace of one's own."""

import io
from email import message_from_string

import pytest
from django.core.management import CommandError, call_command

from lawblog.management.commands.sample import FOLDER
from lawblog.richtext import clean
from posts.models import Edition, Post, Topic

FILES = sorted(FOLDER.glob("*.html"))
LABELS = {"en": "Sample article: ", "es": "Artículo de muestra: "}

each_sample = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def run(*args):
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def read(path):
    return message_from_string(path.read_text(encoding="utf-8"))


@pytest.fixture
def samples(set_up):
    run("sample")


def test_about_a_dozen_are_loaded_and_published(samples):
    assert 10 <= len(FILES) <= 14
    assert Post.objects.filter(is_sample=True).count() == len(FILES)
    assert Edition.objects.live().count() == len(FILES)
    assert Edition.objects.live().filter(language="es").count() == 2
    assert set(Edition.objects.values_list("approved_by_name", flat=True)) == {
        "nobody (sample)"
    }


def test_each_is_on_the_site_under_its_label(samples, client):
    for edition in Edition.objects.live():
        page = client.get(edition.get_absolute_url())
        assert page.status_code == 200
        assert f"<p><em>{LABELS[edition.language]}" in page.content.decode()


@each_sample
def test_the_text_passes_through_the_cleaner_unchanged(path):
    body = read(path).get_payload()
    assert clean(body).replace(' rel="noopener noreferrer"', "") == body.strip()


@each_sample
def test_the_file_has_all_that_a_sample_needs(path):
    sample = read(path)
    heads = ("Title", "Slug", "Language", "Topics", "Published", "Law-as-of", "Summary")
    assert sample.keys() == list(heads)
    assert all(sample[head].strip() for head in heads)
    assert sample["Slug"].startswith("sample-") and len(sample["Summary"]) <= 300
    assert sample["Language"] in LABELS
    assert sample.get_payload().startswith(f"<p><em>{LABELS[sample['Language']]}")


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
