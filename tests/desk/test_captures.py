"""Captures at the desk: the list, “this address on this date”, the proof pack."""

import io
import zipfile
from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from django.core.cache import caches
from helpers.signing_in import AGAIN, signed_in

from lawblog.keeping import requested_jobs
from lawblog.keeping.housekeeping import run
from lawblog.keeping.models import JobRun
from lawblog.models import Entry
from lawblog.pagecache import snapshot
from lawblog.records.capture import proof, store, take
from lawblog.records.capture.site_client import ask

pytestmark = pytest.mark.slow
PAGE = "/admin/captures/"
# After all that setup wrote when the tests began.
NOW = datetime(2036, 11, 27, 17, tzinfo=timezone.utc)


@pytest.fixture
def clock(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def a_small_site(monkeypatch):
    """What a capture has of a whole site, tests/unit/test_capture.py says."""

    def walk(also=(), asking=ask):
        for address in ("/", "/posts/a-title/"):
            yield address, asking(address)

    monkeypatch.setattr(take, "walk", walk)


@pytest.fixture
def taken(clock, finished_firm, publish):
    """The name of a capture with an article."""
    publish("A title", body="<p>As it was.</p>")
    snapshot.snapshots.snapshot = snapshot.Snapshot(None, 0, 0)
    caches["default"].clear()
    return take.take().name


@pytest.fixture
def desk_client(clock, staff, client):
    client.force_login(staff)
    return client


def shown(client, address="", day=""):
    asked = {"address": address, "day": day} if address else {}
    return client.get(PAGE, asked, follow=True)


def test_this_address_on_this_day_is_the_page_as_it_looked(taken, desk_client, publish):
    from posts.models import Edition

    publish(Edition.objects.get().post, body="<p>Not this.</p>")
    for address in ("/posts/a-title/", "http://127.0.0.1:8000/posts/a-title/"):
        answer = shown(desk_client, address, "2036-11-27")
        text = answer.content.decode()
        assert "As it was." in text and "Copy for reading." in text
        assert "script" not in answer["Content-Security-Policy"]
    # Its links lead to what was kept beside it.
    assert 'href="../../index.html"' in text


NOT_KEPT = [
    ("/posts/nothing/", "2036-11-27", "showed no page on November 27, 2036"),
    ("/posts/a-title/", "2036-11-26", "Nothing was kept by that day."),
    ("//[", "2036-11-27", "This is no address of a page."),
    ("/", "tomorrow", "Give a day that there is"),
]


def test_what_is_not_kept_is_said(taken, desk_client):
    for address, day, sentence in NOT_KEPT:
        assert sentence in shown(desk_client, address, day).content.decode()


def test_the_list_warns_after_28_days(taken, desk_client, staff, clock):
    assert "more than 28 days" not in shown(desk_client).content.decode()
    clock.shift(timedelta(days=28, seconds=1))
    desk_client.force_login(staff)
    assert "more than 28 days old" in shown(desk_client).content.decode()


def test_nothing_kept_yet_is_said(desk_client):
    assert "Nothing was kept yet." in shown(desk_client).content.decode()


def test_the_proof_pack_is_the_attorneys(taken, desk_client, attorney):
    address = f"{PAGE}{taken}/proof/"
    assert desk_client.get(address).status_code == 403
    desk_client.force_login(attorney)
    pack = zipfile.ZipFile(io.BytesIO(desk_client.get(address).getvalue()))
    assert {"README.txt", "SHA256SUMS", taken} <= set(pack.namelist())


@pytest.fixture
def begun(monkeypatch):
    found = []
    monkeypatch.setattr(requested_jobs, "start", found.append)
    return found


def test_an_attorney_keeps_the_site_now_and_once(clock, attorney_client, begun):
    for sentence in ("The site is being kept.", "It is being kept already."):
        answer = attorney_client.post(PAGE, follow=True).content.decode()
        assert sentence in answer
        # Nobody is told that nothing is kept while it is.
        assert "regular jobs" not in answer
    assert begun == ["capture-now"]
    # What was begun is in the list when it is done, whether or not one is due.
    run("capture-now")
    assert len(store.names()) == 1
    assert not JobRun.objects.get(name="capture-now").failed


def test_staff_begin_none(clock, desk_client, begun):
    assert desk_client.post(PAGE).status_code == 403
    assert "Keep it now" not in shown(desk_client).content.decode()
    assert not begun


PRUNE = f"{PAGE}prune/"


@pytest.fixture
def two_old(taken, clock):
    """Two captures, the first last seen more than three years ago."""
    clock.shift(timedelta(minutes=1))
    take.take()
    clock.shift(timedelta(days=3 * 366 + 1))
    return store.names()


@pytest.fixture
def named(attorney):
    attorney.first_name, attorney.last_name = "Anna", "Example"
    attorney.save()
    return signed_in(attorney)


def test_old_ones_go_by_an_attorneys_own_full_name(two_old, named):
    assert "1 of them may be removed" in shown(named).content.decode()
    for name in ("", "Anna", "Somebody Else", "anna example", "\0"):
        answer = named.post(PRUNE, {"name": name, "old": 1})
        text = answer.content.decode()
        assert (
            "Nothing was removed" in text
            or "This field is required" in text
            or ("a sign that cannot be kept" in text)
        )
        assert store.names() == two_old
    for old in ("0", "2", "walked", ""):
        text = named.post(PRUNE, {"name": "Anna Example", "old": old}).content.decode()
        assert "another number. Nothing was removed." in text, old
        assert "Anna Example" in text and store.names() == two_old
    answer = named.post(PRUNE, {"name": " Anna  Example ", "old": 1}, follow=True)
    assert "1 capture and " in answer.content.decode()
    assert store.names() == two_old[1:]
    line = Entry.objects.get(kind="prune").line
    assert "Anna Example" in line and two_old[0] in line


def test_nothing_younger_goes_whoever_asks(taken, named):
    assert "None is old enough" in shown(named).content.decode()
    answer = named.post(PRUNE, {"name": "Anna Example", "old": 0}, follow=True)
    assert "Nothing is older than 3 years" in answer.content.decode()
    assert store.names() == [taken]


def test_nobody_else_removes_any_and_the_attorney_is_asked_again(
    two_old, named, staff, attorney
):
    assert signed_in(staff).post(PRUNE, {"name": "Anna Example"}).status_code == 403
    assert named.get(PRUNE).url == "/admin/"
    session = named.session
    session["account_authentication_methods"][0]["at"] -= 600
    session.save()
    answer = named.post(PRUNE, {"name": "Anna Example"})
    assert answer.status_code == 302 and AGAIN in answer.url
    assert store.names() == two_old


def test_an_attorney_without_a_name_removes_none(two_old, attorney):
    attorney.first_name = attorney.last_name = ""
    attorney.save()
    signed_in(attorney).post(PRUNE, {"name": " ", "old": 1})
    assert store.names() == two_old


def test_what_is_no_capture_is_not_sent(taken, desk_client):
    for name in ("index.html", "../../db.sqlite3", "walked"):
        assert desk_client.get(f"{PAGE}walked/{name}").status_code == 404, name
        assert desk_client.get(f"{PAGE}{taken}/walked/{name}").status_code == 404, name


def test_a_pack_for_which_there_is_no_room_is_said(
    taken, desk_client, attorney, monkeypatch
):
    def full(out, found):
        out.write(b"half")
        raise OSError(28, "No space left on device")

    desk_client.force_login(attorney)
    monkeypatch.setattr(proof, "write", full)
    page = desk_client.get(f"{PAGE}{taken}/proof/", follow=True)
    assert "was not written: No space left on device." in page.content.decode()


def test_a_spoilt_page_is_said_and_not_shown(taken, desk_client):
    for path in (store.folder() / "payloads").rglob("*.gz"):
        path.write_bytes(b"spoilt")
    page = desk_client.get(f"{PAGE}{taken}/index.html", follow=True)
    assert "is spoilt" in page.content.decode() or "cannot be read" in (
        page.content.decode()
    )
