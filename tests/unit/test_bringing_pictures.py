"""Pictures and links of articles that come in."""

import pytest
from helpers.bringing import bring, html, picture, said

from lawblog.media import downloading
from posts.import_runs import runs
from posts.models import Post

OLD = "https://www.old.example"

pytestmark = pytest.mark.django_db


def test_pictures_beside_the_file_are_stored():
    body = '<p>Text.</p><figure><img src="img/map.png" alt="A map"></figure>'
    bring({"site/a.html": html("One", body), "site/img/map.png": picture()})
    post = Post.objects.get()
    assert '<img src="/media/pictures/' in post.body
    assert 'alt="A map" width="40" height="30"' in post.body or (
        'width="40" height="30" alt="A map"' in post.body
    )
    assert not any("picture" in sentence for sentence in said(post))


def test_pictures_of_the_old_site_are_fetched(monkeypatch):
    asked = []

    def fetch(address):
        asked.append(address)
        return picture("blue")

    monkeypatch.setattr(downloading, "fetch", fetch)
    body = '<p>Text.</p><p><img src="/a.png"></p>'
    bring({"a.html": html("One", body, "https://old.example/x/one")})
    assert asked == ["https://old.example/a.png"]
    post = Post.objects.get()
    assert "/media/pictures/" in post.body
    # The checks ask for the description; it is not said twice.
    assert not any("description" in sentence for sentence in said(post))


def test_offline_fetches_nothing_and_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(downloading, "fetch", lambda address: pytest.fail(address))
    body = '<p>Text.</p><p><img src="https://old.example/a.png" alt="A map"></p>'
    bring({"a.html": html("One", body)}, offline=True)
    post = Post.objects.get()
    assert "<img" not in post.body
    assert any("“A map” (https://old.example/a.png)" in s for s in said(post))


@pytest.mark.parametrize(
    "data", (b"<html>Not found</html>", b"\x89PNG\r\n\x1a\nbroken")
)
def test_what_is_no_picture_leaves_a_word_and_no_dead_picture(monkeypatch, data):
    monkeypatch.setattr(downloading, "fetch", lambda address: data)
    body = '<p>Text.</p><p><img src="https://old.example/a.png" alt="A map"></p>'
    bring({"a.html": html("One", body)})
    post = Post.objects.get()
    assert "<img" not in post.body and "A picture was not taken over" in str(said(post))


@pytest.mark.parametrize(
    "link",
    (
        f"{OLD}/post/two",
        f"{OLD}/post/two/",
        "https://old.example/post/TWO?utm_source=x",
        "http://old.example/post/%74wo",
        "/post/two",
        "two",
    ),
)
def test_links_between_articles_lead_to_ours(link):
    body = f'<p>See <a href="{link}">the second one</a> for more.</p>'
    bring(
        {
            "a.html": html("One", body, f"{OLD}/post/one"),
            "b.html": html("Two", address=f"{OLD}/post/two"),
        }
    )
    assert '<a href="/posts/two/"' in Post.objects.get(title="One").body


def test_links_to_what_comes_in_later_lead_there_too():
    body = f'<p>See <a href="{OLD}/post/two#fees">the second</a> for more.</p>'
    bring({"a.html": html("One", body, f"{OLD}/post/one")})
    bring({"b.html": html("Two", address=f"{OLD}/post/two")})
    assert '<a href="/posts/two/#fees"' in Post.objects.get(title="One").body


def test_links_of_a_draft_that_somebody_changed_stay():
    body = f'<p>See <a href="{OLD}/post/two">the second</a> for more.</p>'
    bring({"a.html": html("One", body, f"{OLD}/post/one")})
    Post.objects.get().save()
    bring({"b.html": html("Two", address=f"{OLD}/post/two")})
    assert f'<a href="{OLD}/post/two"' in Post.objects.get(title="One").body


@pytest.mark.parametrize("link", ("https://else.example/post/two", f"{OLD}/", "#two"))
def test_links_elsewhere_stay(link):
    body = f'<p>See <a href="{link}">that</a> for more.</p>'
    bring(
        {
            "a.html": html("One", body, f"{OLD}/post/one"),
            "b.html": html("Two", address=f"{OLD}/post/two"),
        }
    )
    assert "/posts/two/" not in Post.objects.get(title="One").body


@pytest.mark.slow
def test_rewritten_links_leave_the_draft_as_it_came_in():
    body = f'<p>See <a href="{OLD}/post/two">the second</a> for more.</p>'
    run = bring(
        {
            "a.html": html("One", body, f"{OLD}/post/one"),
            "b.html": html("Two", address=f"{OLD}/post/two"),
        }
    )
    assert runs.undo(run) == (2, 0)
