"""A capture: the whole public site as visitors saw it, each thing kept once."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from helpers.captured import CAPTURED as NOW

from lawblog.pagecache import snapshot
from lawblog.records.capture import carried, check, hooks, manifest, prune, store, take
from lawblog.records.capture.links import links
from offices.models import Office
from posts import publishing

pytestmark = pytest.mark.slow

SITE = "http://127.0.0.1:8000"
ARTICLE = f"{SITE}/posts/a-title/"


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


@pytest.fixture
def site(two_articles):
    return two_articles


def capture(site, **later):
    site.shift(timedelta(**later))
    # Nothing is committed in a test, so that kept pages hear of no change.
    snapshot.clock.snapshot = snapshot.Snapshot(None, 0, 0)
    return take.take()


def test_everything_public_is_in_it_and_nothing_else(site, make_post):
    make_post("A secret draft")
    found = capture(site)
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


def test_what_did_not_change_is_kept_once(site, captured, make_post):
    before = set(store.payloads())
    second = capture(site, minutes=1)
    new = [s["url"] for s in second.seen.values() if s["sha256"] not in before]
    assert new == []
    assert second.about["previous"] == store.file_digest(store.names()[0])
    publishing.publish(make_post("Another"), by=None)
    capture(site, minutes=1)
    assert 0 < len(set(store.payloads()) - before) < len(before)


def test_a_change_costs_what_it_alters_and_no_drawing_of_another_article(
    site, publish, monkeypatch
):
    from lawblog.site import drawing

    publish("Another")
    # Six more, so that the other pages' lists of the newest are what they were.
    for number in range(7):
        newest = publish(f"Newer {number}")
    first = capture(site)
    asked: list[str] = []
    real = carried.ask
    monkeypatch.setattr(carried, "ask", lambda a: asked.append(a) or real(a))
    site.shift(timedelta(minutes=1))
    publish(newest.post, body="<p>Changed.</p>", title="Newer still")
    drawing.card.cache_clear()
    site.shift(timedelta(minutes=11))
    snapshot.clock.snapshot = snapshot.Snapshot(None, 0, 0)
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
    capture(site, minutes=1)
    assert "/posts/another/card.png" in asked


def test_what_is_spoilt_is_not_carried_but_written_again(site, captured):
    card = f"{ARTICLE}card.png"
    path = store.folder() / store.payload_name(captured.seen[card]["sha256"])
    path.write_bytes(b"spoilt")
    site.shift(timedelta(minutes=1))
    snapshot.clock.snapshot = snapshot.Snapshot(None, 0, 0)
    second = take.take(whole=False)
    assert second.seen[card]["at"] > captured.seen[card]["at"]
    assert list(check.problems()) == []


def test_a_spoilt_manifest_does_not_stop_the_next_capture(
    site, captured, nothing_changes
):
    path = store.folder() / captured.name
    path.write_bytes(path.read_bytes()[:-9])
    assert take.due(NOW + timedelta(days=40)) == "this month's"
    second = capture(site, minutes=1)
    assert second.about["previous"] == store.file_digest(captured.name)
    assert any(captured.name in sentence for sentence in check.problems())


def test_captures_of_a_large_site_are_further_apart(
    site, captured, publish, monkeypatch
):
    # What it took: three minutes.
    late = {**captured.seen[ARTICLE], "at": "2036-11-27T08:03:00.000000Z"}
    seen = {**captured.seen, ARTICLE: late}
    monkeypatch.setattr(take, "_last", lambda: replace(captured, seen=seen))
    site.shift(timedelta(minutes=1))
    publish("Another")
    assert take.due(NOW + timedelta(minutes=29)) == ""
    assert take.due(NOW + timedelta(minutes=30)) == take.CHANGED


def test_an_article_that_was_withdrawn_is_there_and_its_end_is_too(site, captured):
    from posts.models import Post

    publishing.withdraw(Post.objects.get(slug="a-title"), by=None)
    capture(site, hours=1)
    capture(site, hours=1)
    statuses = [manifest.read(n).seen.get(ARTICLE) for n in store.names()]
    assert [seen and seen["status"] for seen in statuses] == [200, 404, None]
    then = manifest.before(NOW + timedelta(minutes=30))
    assert b"Text of A title." in store.payload(then.seen[ARTICLE]["sha256"])
    assert manifest.before(NOW - timedelta(seconds=1)) is None


def test_the_first_is_due(captured, nothing_changes):
    (store.folder() / captured.name).unlink()
    assert take.take_if_due().endswith(" addresses, the first.")


def test_one_is_due_monthly_and_once_however_long_nobody_looked(site, nothing_changes):
    site.shift(timedelta(days=2))  # Still November in New York.
    assert take.take_if_due() is None
    site.shift(timedelta(days=100))
    assert ", this month's." in take.take_if_due()
    assert take.take_if_due() is None


@pytest.mark.parametrize("days", [(0, 40, 0), (40, 0, 1)])
def test_a_clock_that_was_ahead_and_put_right_stops_no_capture(
    site, captured, nothing_changes, days
):
    (store.folder() / captured.name).unlink()
    when = [NOW + timedelta(days=day, minutes=n + 1) for n, day in enumerate(days)]
    for moment in when:
        site.move_to(moment)
        capture(site)
    assert len(store.names()) == 3
    assert list(check.problems()) == [
        f"{captured.name} is in the ledger and is not here."
    ]
    assert take.due(when[-1]) == ""
    assert take.due(when[-1] + timedelta(days=5)) == "this month's"


def test_one_is_due_after_changes_once_for_those_of_ten_minutes(
    site, nothing_changes, make_post
):
    site.shift(timedelta(minutes=1))
    publishing.publish(make_post("Another"), by=None)
    assert take.take_if_due() is None  # Perhaps there is more to come.
    site.shift(timedelta(minutes=9))
    assert ", since something was changed." in take.take_if_due()
    site.shift(timedelta(minutes=10))
    assert take.take_if_due() is None


def test_an_office_that_was_changed_makes_one_due(site, captured):
    site.shift(timedelta(minutes=11))
    assert take.due() == ""
    Office.objects.update(landmarks="Beside the bank")
    assert take.due() == "since something was changed"


def test_a_site_that_does_not_answer_is_no_capture(site, monkeypatch):
    from lawblog.records.capture import site_client

    def broken(address):
        return site_client.Answer(503, [], b"away")

    monkeypatch.setattr(carried, "ask", broken)
    with pytest.raises(take.CaptureError, match="answered with 503. Nothing was kept."):
        capture(site)
    assert store.names() == []


def test_the_ledger_is_told_before_the_capture_counts(
    site, captured, nothing_changes, monkeypatch
):
    (store.folder() / captured.name).unlink()
    told = []

    def die(kind, facts, by):
        raise KeyboardInterrupt

    monkeypatch.setattr(hooks.hooks, "recorders", [die])
    with pytest.raises(KeyboardInterrupt):
        capture(site)
    assert store.names() == []
    monkeypatch.setattr(hooks.hooks, "recorders", [lambda *line: told.append(line)])
    capture(site, minutes=1)
    # What was left behind is finished first.
    assert [facts["manifest"] for _, facts, _ in told] == store.names()
    assert [f["sha256"] for _, f, _ in told] == list(
        map(store.file_digest, store.names())
    )


def flip(path, place=-1):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def test_a_flipped_byte_in_any_payload_is_found_and_named(captured):
    assert list(check.problems()) == []
    name = store.payload_name(captured.seen[ARTICLE]["sha256"])
    path = store.folder() / name
    whole = path.read_bytes()
    # But for gzip's own flags, time and system, which hold nothing that was shown.
    for place in (0, 1, 2, 12, len(whole) // 2, len(whole) - 5, len(whole) - 1):
        flip(path, place)
        (problem,) = check.problems()
        assert name in problem
        path.write_bytes(whole)
    path.unlink()
    (problem,) = check.problems()
    assert name in problem


def test_a_manifest_that_was_changed_is_found_by_the_next_or_the_ledger(
    site, captured, nothing_changes, monkeypatch
):
    first, second = captured, capture(site, minutes=1)
    known = {name: store.file_digest(name) for name in store.names()}
    seen = dict(second.seen)
    seen[ARTICLE] = {**seen[ARTICLE], "status": 404}
    (store.folder() / second.name).write_bytes(
        manifest.as_bytes(second.about, seen.values())
    )
    monkeypatch.setattr(hooks.hooks, "digests", [])
    assert list(check.problems()) == []
    monkeypatch.setattr(hooks.hooks, "digests", [lambda: known])
    assert list(check.problems()) == [
        f"{second.name} is not what the ledger says it was."
    ]
    monkeypatch.setattr(hooks.hooks, "digests", [])
    (store.folder() / first.name).write_bytes(
        manifest.as_bytes(first.about, list(first.seen.values())[:-1])
    )
    problems = list(check.problems())
    assert f"The manifest {first.name} is spoilt: lines are missing." in problems
    assert f"{second.name} follows no manifest that is here." in problems


@pytest.fixture
def without_the_article(site, captured, nothing_changes, answers, monkeypatch):
    """The capture of a month later, when the article was withdrawn."""
    there = {a: answer for a, answer in answers.items() if "a-title" not in a}
    gone = answers["/no-page-has-this-address/"]
    monkeypatch.setattr(carried, "ask", lambda address: there.get(address, gone))
    return capture(site, days=31)


@pytest.mark.parametrize(
    "later, goes",
    [
        # The first shows what could be seen until the second was made, a month later.
        (timedelta(days=3 * 365), False),
        (timedelta(days=3 * 365 + 30), False),
        (timedelta(days=3 * 365 + 33), True),
    ],
)
def test_three_years_from_the_last_day_it_was_seen(
    site, captured, without_the_article, later, goes
):
    first, second = captured, without_the_article
    site.move_to(NOW + later)
    if not goes:
        with pytest.raises(prune.PruneError, match="Nothing is older than 3 years"):
            prune.prune("Anna Example")
        assert store.names() == [first.name, second.name]
        return
    done = prune.prune("Anna Example")
    assert done.manifests == [first.name] and store.names() == [second.name]
    gone = first.seen[ARTICLE]["sha256"]
    assert gone not in set(store.payloads()) and done.payloads > 0
    assert list(check.problems()) == []


def test_nothing_is_pruned_while_a_capture_that_stays_cannot_be_read(
    site, nothing_changes
):
    second = capture(site, days=31)
    flip(store.folder() / second.name, 30)
    site.move_to(NOW + timedelta(days=4 * 365))
    with pytest.raises(prune.PruneError, match="is spoilt: .* Nothing was removed."):
        prune.prune("Anna Example")
    assert len(store.names()) == 2


def test_what_a_capture_shows_that_is_not_done_is_not_pruned(captured):
    """Its payloads may be there already, and its manifest, which names them, is not."""
    from lawblog.keeping.locks import only_one

    path = store.folder() / captured.name
    path.rename(f"{path}{take.PENDING}")
    with only_one("capture"), pytest.raises(prune.PruneError, match="is being made"):
        prune.prune("Anna Example")
    assert store.names() == []
    with pytest.raises(prune.PruneError, match="Nothing is older"):
        prune.prune("Anna Example")
    assert store.names() == [captured.name]


def test_the_same_facts_are_the_same_bytes():
    about = {"addresses": 0, "site": "ñ", "at": "", "previous": "", "ledger": None}
    data = manifest.as_bytes(about, [])
    assert data == manifest.as_bytes(dict(reversed(about.items())), [])
    assert hashlib.sha256(data).hexdigest() != hashlib.sha256(b"").hexdigest()


def test_signing_in_makes_none_due(site, captured, attorney):
    from django.contrib.auth.signals import user_logged_in

    site.shift(timedelta(minutes=11))
    user_logged_in.send(sender=type(attorney), request=None, user=attorney)
    assert take.due() == ""


def test_the_ledger_has_a_line_for_each_capture(site, captured, nothing_changes):
    from lawblog.records.backup_hooks import digests

    assert digests() == {captured.name: store.file_digest(captured.name)}
    capture(site, days=31)
    site.shift(timedelta(days=4 * 366))
    capture(site)
    prune.prune("Anna Example")
    assert list(digests()) == store.names()
    assert list(check.problems()) == []
