"""The database is away: what readers are still served, and for how long."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from helpers.clock import NOON
from helpers.pagecache import ARTICLE

from lawblog.database import timeouts
from lawblog.database.timeouts import KnownAway, NotAnswered
from lawblog.pagecache import snapshot
from lawblog.pagecache.change_flag import change_flag
from lawblog.pagecache.outage import Outage
from lawblog.unavailable import contact
from offices.models import Office
from posts import publishing
from posts.models import Post

pytestmark = pytest.mark.django_db(transaction=True)


def refuse(*args):
    raise OperationalError("The database is gone.")


@pytest.fixture
def site(site, monkeypatch):
    """As everywhere, with this process's own snapshots, which look at each request."""
    monkeypatch.setattr(site.store, "snapshots", snapshot.snapshots)
    monkeypatch.setattr(snapshot, "LOOK_EVERY_SECONDS", 0)
    monkeypatch.setattr(contact, "_last", None)
    return site


@contextmanager
def away():
    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.slow
def test_what_was_kept_is_served_and_nothing_else(site):
    kept = site(ARTICLE)
    with away():
        assert site(ARTICLE) == kept
        for address in ("/posts/", "/nothing/", "/search/?q=visa", "/admin/"):
            status, headers, _ = site(address)
            assert status == 503 and headers["Retry-After"] == "30", address
            assert headers["Cache-Control"] == "no-store", address
        # Nor was anything of it kept.
        assert site.kept() == {(ARTICLE, "")}


@pytest.mark.slow
def test_readers_never_ask_while_it_is_away(site):
    site(ARTICLE)
    asked = []

    def count(execute, sql, *rest):
        asked.append(sql)
        refuse()

    with connection.execute_wrapper(count):
        for address in (ARTICLE, "/posts/", "/", "/es/", "/nothing/", "/admin/"):
            for _ in range(3):
                site(address)
    # The one who found out.
    assert len(asked) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "after, status", [(timedelta(seconds=599), 200), (timedelta(seconds=600), 503)]
)
def test_it_is_served_for_ten_minutes_after_the_database_was_seen(
    site, monkeypatch, after, status
):
    site(ARTICLE)
    seen = site.store.snapshots.snapshot
    with away():
        site(ARTICLE)
        seen.looked -= after.total_seconds()
        assert site(ARTICLE)[0] == status


@pytest.mark.slow
def test_a_scheduled_withdrawal_is_obeyed(site):
    publishing.withdraw(Post.objects.get(), by=None, at=NOON + timedelta(minutes=7))
    assert site(ARTICLE)[0] == 200
    with away():
        site.clock.move_to(NOON + timedelta(minutes=7, seconds=-1))
        assert site(ARTICLE)[0] == 200
        site.clock.move_to(NOON + timedelta(minutes=7))
        assert site(ARTICLE)[0] == 503


@pytest.mark.slow
@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_that_is_put_back_ends_what_was_kept(site, back):
    site(ARTICLE)
    with away():
        site.clock.move_to(NOON - back)
        assert site(ARTICLE)[0] == 503
    site.store.snapshots.outage.is_over()
    assert site("/")[0] == 200


@pytest.mark.slow
def test_a_known_change_ends_what_was_kept(site):
    """Another worker, which still sees the database, withdrew something."""
    site(ARTICLE)
    with away():
        assert site(ARTICLE)[0] == 200
        change_flag.move()
        assert site(ARTICLE)[0] == 503


@pytest.mark.slow
def test_a_withdrawal_that_was_not_seen_is_honoured_when_the_database_is_back(site):
    """Made on another machine, of which nothing was heard."""
    site(ARTICLE)
    flag = change_flag.read()
    with away():
        assert site(ARTICLE)[0] == 200
    publishing.withdraw(Post.objects.get(), by=None)
    change_flag.map[:] = flag
    assert site(ARTICLE)[0] == 200
    assert site.store.snapshots.outage.is_over()
    assert site(ARTICLE)[0] == 404


@pytest.mark.slow
def test_it_is_looked_for_until_it_is_back_and_that_is_logged_once(site, caplog):
    site(ARTICLE)
    outage = site.store.snapshots.outage
    with away():
        for _ in range(3):
            site("/posts/")
            assert not outage.is_over()
    assert outage.is_over() and outage.is_over()
    assert site("/posts/")[0] == 200
    said = [r.getMessage() for r in caplog.records if "database" in r.getMessage()]
    assert [words[:26] for words in said] == [
        "The database is away (The ",
        "The database answers again",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "address, language, words, call",
    [
        ("/posts/", "en", "We will be right back", "Call our Fort Lee office:"),
        ("/es/posts/", "es", "Volvemos en un momento", "Llame a nuestra oficina de"),
    ],
)
def test_readers_are_told_in_their_language_whom_to_call(
    site, address, language, words, call
):
    site(ARTICLE)
    with away():
        _, headers, body = site(address)
    page = body.decode()
    assert f'<html lang="{language}"' in page and words in page and call in page
    assert 'href="tel:+12014489837"' in page
    assert headers["Content-Language"] == language
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.slow
def test_the_number_is_known_to_a_worker_that_never_saw_the_database(site, monkeypatch):
    Office.objects.filter(slug="fort-lee").update(phone="(201) 555-0123")
    site(ARTICLE)
    monkeypatch.setattr(contact, "_last", None)
    snapshot.snapshots.snapshot = snapshot.Snapshot(None, 0, 0)
    with away():
        assert "(201)\u00a0555-0123" in site(ARTICLE)[2].decode()


def test_healthz_says_whether_readers_can_be_served(site):
    assert site("/healthz")[::2] == (200, b"ok")
    with away():
        status, _, body = site("/healthz")
        assert status == 200 and b"has been away for 0 seconds" in body
        change_flag.move()
        assert site("/healthz")[0] == 503


def test_a_page_in_the_making_when_it_goes_is_a_503_and_not_kept(site, monkeypatch):
    monkeypatch.setattr("posts.public.views.newest", refuse)
    assert site("/")[0] == 503 and site.kept() == set()
    assert site.store.snapshots.outage.since is not None


def test_a_question_that_took_too_long_is_no_outage_but_is_looked_into(
    site, monkeypatch
):
    def takes_too_long(*args):
        raise OperationalError from NotAnswered()

    outage, asked = site.store.snapshots.outage, []
    monkeypatch.setattr(outage, "suspect", lambda: asked.append("is it away?"))
    monkeypatch.setattr("posts.public.views.newest", takes_too_long)
    assert site("/")[0] == 503
    assert outage.since is None and asked


def test_whoever_looks_for_it_goes_on_whatever_happens():
    outage = Outage(lambda: 1 / 0)
    outage.begin(OperationalError())
    assert not outage.is_over() and outage.since is not None


def test_an_outage_that_nobody_can_look_after_is_none(monkeypatch):
    """As where the machine has no more threads: readers ask anew."""

    def refuse_to_start(thread):
        raise RuntimeError("can't start new thread")

    outage = Outage(lambda: None)
    monkeypatch.setattr(threading.Thread, "start", refuse_to_start)
    outage.begin(OperationalError())
    assert outage.since is None and not timeouts.is_away


@pytest.mark.slow
def test_pictures_that_are_known_to_be_shown_stay(site, client, monkeypatch):
    name = f"pictures/{'0' * 32}-1x1.png"
    monkeypatch.setattr("lawblog.media.views.picture", lambda *a: _picture())
    monkeypatch.setattr("lawblog.media.pictures._shown_by", [lambda digest: True])
    assert client.get(f"/media/{name}").status_code == 200
    monkeypatch.setattr("lawblog.media.pictures._shown_by", [refuse])
    with away():
        assert client.get(f"/media/{name}").status_code == 200
        assert client.get(f"/media/{name.replace('0', '1')}").status_code == 503


def _picture():
    return HttpResponse(b"")


@pytest.mark.slow
def test_that_it_was_known_to_be_away_is_no_news_once_it_is_over(site):
    """A question that was given up in the last moment of an outage begins no other."""
    unasked = OperationalError("The database is away.")
    unasked.__cause__ = KnownAway()
    site.store.snapshots.outage.begin(unasked)
    assert site.store.snapshots.outage.since is None
