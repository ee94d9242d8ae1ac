"""A capture: the whole public site as visitors saw it, each thing kept once."""

from datetime import timedelta

import pytest
from helpers.captured import ARTICLE, SITE, capture
from helpers.captured import CAPTURED as NOW

from lawblog.pagecache import snapshot
from lawblog.records.capture import check, manifest, reused_answers, store, take
from lawblog.records.capture.links import links
from posts import publishing

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "kind, text, found",
    [
        ("text/html", '<a href="/a/#b">', {"/a/"}),
        ("text/html", '<a href="?page=2"><a href="../c/">', {"/posts/?page=2", "/c/"}),
        ("text/html", f'<link href="{SITE}/a?page=2&amp;q=x">', set()),
        ("text/html", f'<meta content="{SITE}/card.png"><meta content="a, b">', None),
        ("text/html", '<img srcset="/a-1.webp 1w, /a-2.webp 2w" src="/a.jpg">', None),
        ("text/html", '<a href="https://www.uscis.gov/">', set()),
        ("text/html", '<a href="mailto:a@b.c"><a href="tel:1">', set()),
        ("text/html", '<a href="/search/?q=fear"><a href="/search/">', {"/search/"}),
        ("text/html", '<a href="/admin/"><a href="/preview/x/">', set()),
        ("text/html", '<a href="//[">', set()),
        ("text/css", "a { background: url('../i.svg') }", {"/i.svg"}),
        ("application/xml", f"<loc>{SITE}/a/</loc>", {"/a/"}),
        ("application/atom+xml", f'<link href="{SITE}/b/"/>', {"/b/"}),
        ("text/plain", f"{SITE}/a/", set()),
    ],
)
def test_links_that_are_ours_and_public_are_followed(kind, text, found):
    if found is None:
        found = {
            "card": {"/card.png"},
            "srcs": {"/a-1.webp", "/a-2.webp", "/a.jpg"},
        }["card" if "card" in text else "srcs"]
    assert links(kind, text, "/posts/", SITE) == found


def test_everything_public_is_in_it_and_nothing_else(two_articles, make_post):
    make_post("A secret draft")
    found = capture(two_articles)
    paths = {url.removeprefix(SITE) for url in found.seen}
    assert paths >= {
        *("/", "/es/", "/posts/", "/posts/a-title/", "/posts/a-title/card.png"),
        *("/feed/", "/es/feed/", "/sitemap.xml", "/sitemap-articles-1.xml", "/search/"),
        *("/offices/fort-lee.vcf", "/es/offices/new-york/", "/privacy/", "/llms.txt"),
        *("/static/lawblog/site.css", "/no-page-has-this-address/"),
    }
    assert not any("secret" in p or "/admin" in p or "/preview" in p for p in paths)
    seen = found.seen[ARTICLE]
    body = store.payload(seen["sha256"])
    assert b"Text of A title." in body and len(body) == seen["bytes"]
    assert seen["status"] == 200 and seen["at"] == "2036-11-27T08:00:00.000000Z"
    assert ["Content-Type", "text/html; charset=utf-8"] in seen["headers"]
    assert found.seen[f"{SITE}/no-page-has-this-address/"]["status"] == 404
    assert {s["status"] for s in found.seen.values()} == {200, 404}


def test_what_did_not_change_is_kept_once(two_articles, captured, make_post):
    before = set(store.payloads())
    second = capture(two_articles, minutes=1)
    new = [s["url"] for s in second.seen.values() if s["sha256"] not in before]
    assert new == []
    assert second.about["previous"] == store.file_digest(store.names()[0])
    publishing.publish(make_post("Another"), by=None)
    capture(two_articles, minutes=1)
    assert 0 < len(set(store.payloads()) - before) < len(before)


def test_a_change_costs_what_it_alters_and_no_drawing_of_another_article(
    two_articles, publish, monkeypatch
):
    from lawblog.site import drawing

    publish("Another")
    # Six more, so that the other pages' lists of the newest are what they were.
    for number in range(7):
        newest = publish(f"Newer {number}")
    first = capture(two_articles)
    asked: list[str] = []
    real = reused_answers.ask
    monkeypatch.setattr(reused_answers, "ask", lambda a: asked.append(a) or real(a))
    two_articles.shift(timedelta(minutes=1))
    publish(newest.post, body="<p>Changed.</p>", title="Newer still")
    drawing.card.cache_clear()
    two_articles.shift(timedelta(minutes=11))
    snapshot.snapshots.snapshot = snapshot.Snapshot(None, 0, 0)
    assert "since something was changed" in (take.take_if_due() or "")
    second = manifest.newest()
    assert second
    same = f"{SITE}/posts/another/"
    assert second.seen[same]["at"] > first.seen[same]["at"]
    for name in ("card.png", "qr.svg"):
        assert f"/posts/another/{name}" not in asked
        # When it was asked for last is not made up.
        assert second.seen[same + name] == first.seen[same + name]
    assert "/posts/newer-6/card.png" in asked
    # By hand, and each month, all is asked for.
    asked.clear()
    capture(two_articles, minutes=1)
    assert "/posts/another/card.png" in asked


def test_what_is_spoilt_is_not_carried_but_written_again(two_articles, captured):
    card = f"{ARTICLE}card.png"
    path = store.folder() / store.payload_name(captured.seen[card]["sha256"])
    path.write_bytes(b"spoilt")
    two_articles.shift(timedelta(minutes=1))
    snapshot.snapshots.snapshot = snapshot.Snapshot(None, 0, 0)
    second = take.take(whole=False)
    assert second.seen[card]["at"] > captured.seen[card]["at"]
    assert list(check.problems()) == []


def test_a_spoilt_manifest_does_not_stop_the_next_capture(
    two_articles, captured, nothing_changes
):
    path = store.folder() / captured.name
    path.write_bytes(path.read_bytes()[:-9])
    assert take.due(NOW + timedelta(days=40)) == "this month's"
    second = capture(two_articles, minutes=1)
    assert second.about["previous"] == store.file_digest(captured.name)
    assert any(captured.name in sentence for sentence in check.problems())


def test_an_article_that_was_withdrawn_is_there_and_its_end_is_too(
    two_articles, captured
):
    from posts.models import Post

    publishing.withdraw(Post.objects.get(slug="a-title"), by=None)
    capture(two_articles, hours=1)
    capture(two_articles, hours=1)
    statuses = [manifest.read(n).seen.get(ARTICLE) for n in store.names()]
    assert [seen and seen["status"] for seen in statuses] == [200, 404, None]
    then = manifest.before(NOW + timedelta(minutes=30))
    assert b"Text of A title." in store.payload(then.seen[ARTICLE]["sha256"])
    assert manifest.before(NOW - timedelta(seconds=1)) is None
