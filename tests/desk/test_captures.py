"""Captures at the desk: the list, “this address on this date”, the proof pack."""

import io
import zipfile
from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from django.core.cache import caches

from lawblog.pagecache import snapshot
from lawblog.records.capture import store, take

pytestmark = pytest.mark.slow
PAGE = "/admin/captures/"
# After all that setup wrote when the tests began.
NOW = datetime(2036, 11, 27, 17, tzinfo=timezone.utc)


@pytest.fixture
def clock(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def taken(clock, finished_firm, publish):
    """The name of a capture with an article."""
    publish("A title", body="<p>As it was.</p>")
    snapshot.clock.snapshot = snapshot.Snapshot(None, 0, 0)
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


@pytest.mark.parametrize(
    "address, day, sentence",
    [
        ("/posts/nothing/", "2036-11-27", "showed no page on November 27, 2036"),
        ("/posts/a-title/", "2036-11-26", "Nothing was kept by that day."),
        ("//[", "2036-11-27", "This is no address of a page."),
        ("/", "tomorrow", "Enter a valid date."),
    ],
)
def test_what_is_not_kept_is_said(taken, desk_client, address, day, sentence):
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


@pytest.mark.parametrize("name", ["index.html", "../../db.sqlite3", "walked"])
def test_what_is_no_capture_is_not_sent(taken, desk_client, name):
    assert desk_client.get(f"{PAGE}walked/{name}").status_code == 404
    assert desk_client.get(f"{PAGE}{taken}/walked/{name}").status_code == 404


def test_a_spoilt_page_is_said_and_not_shown(taken, desk_client):
    for path in (store.folder() / "payloads").rglob("*.gz"):
        path.write_bytes(b"spoilt")
    page = desk_client.get(f"{PAGE}{taken}/index.html", follow=True)
    assert "is spoilt" in page.content.decode() or "cannot be read" in (
        page.content.decode()
    )
