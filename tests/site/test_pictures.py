"""Which pictures readers are offered, and who is sent one."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from helpers.pictures import picture, upload

from lawblog.html.responsive import responsive
from lawblog.media.pictures import store
from offices.models import Page
from posts import publishing
from posts.models import PreviewLink

pytestmark = [pytest.mark.usefixtures("disk", "db"), pytest.mark.slow]


def test_readers_are_offered_every_size_and_load_late_what_is_below(client, publish):
    url, *_ = store(upload(picture()))
    image = f'<img src="{url}" alt="A wall" width="1200" height="800">'
    publish(body=f"<p>{image}</p><p>{image}</p>")
    page = client.get("/posts/a-title/").content.decode()
    stem = url.removesuffix(".jpg")
    assert page.count('<source type="image/avif"') == 2
    assert f"{stem}-480.avif 480w, {stem}-960.avif 960w, {stem}-1200.avif 1200w" in page
    first, second = page.split("<picture>")[1:]
    assert 'loading="lazy"' not in first and 'loading="lazy"' in second
    assert 'width="1200" height="800"' in first
    for kind in ("avif", "webp"):
        answer = client.get(f"{stem}-480.{kind}")
        assert answer["Content-Type"] == f"image/{kind}"
        # Whatever stands between asks us each time: after a withdrawal we say no.
        assert "s-maxage=0" in answer["Cache-Control"]
        assert answer.getvalue()
    feed = client.get("/feed/").content.decode()
    assert "&lt;img src=" in feed and "&lt;picture" not in feed


def test_pictures_cost_no_query(client, publish, django_assert_num_queries):
    url, *_ = store(upload(picture()))
    publish("None", body="<p>Words.</p>")
    publish("Many", body=f'<p><img src="{url}" alt="A wall"></p>' * 20)
    with CaptureQueriesContext(connection) as without:
        client.get("/posts/none/")
    with django_assert_num_queries(len(without)):
        client.get("/posts/many/")


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/media/pictures/x.jpg" alt="">',
        '<img src="https://a.example/b.jpg" alt="">',
        "<p>Words, and a &lt;img&gt;.</p>",
        "",
    ],
)
def test_what_is_no_picture_of_ours_stays_as_it_is(html):
    assert responsive(html) == html


def test_text_around_a_picture_is_not_touched():
    url, *_ = store(upload(picture((300, 200))))
    html = f'<p>Before <img src="{url}" alt="a &quot;b&quot; > c"> after.</p>'
    shown = responsive(html)
    assert shown.startswith("<p>Before <picture>") and shown.endswith(" after.</p>")
    assert 'alt="a &quot;b&quot; > c" decoding="async"></picture>' in shown


@pytest.fixture
def shown():
    """An article's text with a picture of its own, and the picture's address."""
    url, *_ = store(upload(picture((500, 400))))
    return f'<p><img src="{url}" alt="A wall"></p>', url


def sent(client, address, **options):
    """The answer, read to its end."""
    answer = client.get(address, **options)
    answer.getvalue()
    return answer


def test_a_picture_is_public_while_a_live_edition_shows_it(client, make_post, shown):
    body, url = shown
    post = make_post(body=body)
    assert sent(client, url).status_code == 404
    start = timezone.now()
    publishing.publish(post, by=None, at=start + timedelta(days=1))
    assert sent(client, url).status_code == 404
    with time_machine.travel(start + timedelta(days=1, minutes=1)):
        smaller = url.replace(".jpg", "-480.webp")
        assert [sent(client, each).status_code for each in (url, smaller)] == [200, 200]
        publishing.withdraw(post, by=None)
        answer = sent(client, url)
        assert answer.status_code == 404 and not answer.cookies


def test_a_picture_that_two_articles_show_outlives_one(client, publish, shown):
    body, url = shown
    first, _ = publish("One", body=body), publish("Two", body=body)
    publishing.withdraw(first.post, by=None)
    assert sent(client, url).status_code == 200


def test_the_desk_sees_every_picture_and_no_cache_keeps_it(staff_client, shown):
    _, url = shown
    answer = sent(staff_client, url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


def test_a_picture_of_the_firms_own_pages_is_public(client, finished_firm, shown):
    body, url = shown
    assert sent(client, url).status_code == 404
    Page.objects.filter(kind="about", language="en").update(body=body)
    assert sent(client, url).status_code == 200


def test_a_preview_link_opens_the_drafts_pictures_and_no_others(
    client, make_post, shown
):
    body, url = shown
    post, other = make_post(body=body), make_post("Other")
    ends = {"note": "A", "expires_at": timezone.now() + timedelta(days=1)}
    (_, token), (_, others) = (
        PreviewLink.objects.make(post=p, **ends) for p in (post, other)
    )
    page = client.get(f"/preview/{token}/").content.decode()
    own = url.replace("/media/", f"/preview/{token}/")
    assert own in page and url not in page
    assert sent(client, own)["Cache-Control"] == "no-store"
    assert sent(client, own.replace(token, others)).status_code == 404
    PreviewLink.objects.update(revoked_at=timezone.now())
    assert sent(client, own).status_code == 404


def test_an_unchanged_picture_is_not_sent_twice(client, publish, shown):
    body, url = shown
    publish(body=body)
    tag = sent(client, url)["ETag"]
    assert sent(client, url, headers={"if-none-match": tag}).status_code == 304
