"""What is said of a path of ours is what readers get who follow it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import URLPattern, get_resolver
from helpers.clock import NOON

from offices.models import Attorney
from posts import publishing
from posts.models import Post, Series, Topic
from posts.public.paths import KNOWN, is_public
from posts.publishing.merging import merge

pytestmark = pytest.mark.slow

# None is a page that an article may send readers to.
NEVER = {"preview", "preview-picture", "readyz"}
PATHS = """
    / /es/ /search/ /glossary/ /card.png /sitemap.xml /robots.txt /llms.txt
    /favicon.ico /apple-touch-icon.png /healthz /.well-known/security.txt
    /posts/ /es/posts/ /offices/ /feed/
    /feed/rss/ /feed/json/ /es/feed/
    /posts/live/ /es/posts/live/ /posts/live/card.png /posts/live/qr.svg
    /posts/live/changes/ /posts/draft/changes/ /posts/nowhere/changes/
    /posts/former/ /posts/former/card.png /posts/draft/ /posts/draft/card.png
    /posts/draft/qr.svg /posts/scheduled/ /posts/withdrawn/ /posts/withdrawn/qr.svg
    /posts/nowhere/ /posts/live /posts/2026/ /posts/2025/ /es/posts/2026/
    /posts/topics/asylum/ /posts/topics/refugees/ /posts/topics/secret/
    /posts/topics/nowhere/ /es/posts/topics/asylum/
    /feed/asylum/ /feed/asylum/rss/ /feed/refugees/json/ /feed/secret/ /feed/nowhere/
    /series/steps/ /es/series/steps/ /series/hidden/ /series/nowhere/
    /attorneys/anna/ /attorneys/nobody/ /attorneys/anna/feed/ /attorneys/ben/feed/rss/
    /attorneys/nobody/feed/json/
    /offices/fort-lee/ /offices/fort-lee.4.vcf /offices/fort-lee.vcf
    /offices/fort-lee.ics /offices/fort-lee.svg
    /offices/nowhere/ /offices/nowhere.vcf /offices/nowhere.4.vcf
    /offices/nowhere.ics /offices/nowhere.svg
    /about/ /es/about/ /disclaimer/ /nothing/
    /sitemap-pages-1.xml /sitemap-pages-2.xml /sitemap-articles-1.xml
    /sitemap-articles-9.xml
    /media/pictures/00000000000000000000000000000000-10x10.jpg
""".split()


@pytest.fixture
def site(finished_firm, make_post, publish):
    """One of each: live, moved, scheduled, withdrawn, a draft; in use and not."""
    anna = Attorney.objects.get()
    Attorney.objects.create(name="Ben Example", slug="ben", admissions="NY")
    steps, hidden = (
        Series.objects.create(name=name, slug=name.lower())
        for name in ("Steps", "Hidden")
    )
    with time_machine.travel(NOON, tick=False):
        live = publish(
            "Live", slug="former", topics=["Asylum"], author=anna, series=steps, part=1
        ).post
        Post.objects.filter(pk=live.pk).update(slug="live")
        publishing.publish(Post.objects.get(pk=live.pk), by=None)
        publish("Withdrawn", topics=["Refugees"])
        publishing.withdraw(Post.objects.get(slug="withdrawn"), by=None)
        scheduled = make_post("Scheduled", topics=["Secret"], series=hidden, part=1)
        publishing.publish(scheduled, by=None, at=NOON + timedelta(days=1))
        make_post("Draft", topics=["Secret"])
        refugees, asylum = (Topic.objects.get(slug=s) for s in ("refugees", "asylum"))
        merge(refugees, into=asylum)
        yield


def test_what_is_said_of_a_path_is_what_readers_get(client, site):
    # In one test, since the site takes longer to make than to ask.
    assert [path for path in PATHS if is_public(path) is not opens(client, path)] == []


def opens(client, path):
    answer = client.get(path)
    if answer.streaming:
        answer.getvalue()
    # /posts/live, without its slash, is redirected before any page is asked.
    return answer.status_code < 400 and path != "/posts/live"


def test_what_is_no_page_of_the_public_site_is_not_public(site):
    paths = ["/admin/", "/admin/login/", "/preview/x/", "", "//"]
    assert [path for path in paths if is_public(path) is not False] == []


def test_every_public_address_is_known():
    """A new one must say when readers can open it."""
    names = set(public_names(get_resolver().url_patterns))
    assert names == KNOWN | NEVER


def public_names(patterns, namespace=""):
    for pattern in patterns:
        if str(pattern.pattern).startswith("admin/"):
            continue
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            within = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from public_names(pattern.url_patterns, within)


def test_samples_load_before_static_files_are_collected(db, settings, tmp_path):
    """Checking links once rendered the pages that they lead to."""
    from django.core.management import call_command

    manifest = "lawblog.site.staticfiles.Storage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
    settings.STATIC_ROOT = tmp_path
    call_command("sample", verbosity=0)
    assert Post.objects.filter(is_sample=True).exists()
