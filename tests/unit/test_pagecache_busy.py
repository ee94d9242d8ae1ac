"""Many readers, little room, and a machine in trouble."""

import os
import random
import threading
import tracemalloc

import pytest
from django.core.management import call_command
from django.db import connections
from helpers.pagecache import ARTICLE, save_firm

from lawblog.pagecache.change_flag import ChangeFlag, change_flag
from lawblog.pagecache.responses import Page
from lawblog.pagecache.snapshot import Snapshot, Snapshots
from lawblog.pagecache.store import PageStore
from lawblog.site.page_language import paths_in_all_languages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.slow
def test_the_least_recently_used_page_makes_room(site):
    site.store.max_bytes = 3 * 13_000
    for address in ("/", "/posts/", ARTICLE, "/", "/offices/", "/feed/"):
        site(address)
        assert site.store.snapshots.snapshot.size <= site.store.max_bytes
    sizes = [page.size for page in site.store.snapshots.snapshot.pages.values()]
    assert sum(sizes) == site.store.snapshots.snapshot.size
    assert ("/posts/", "") not in site.kept() and ("/feed/", "") in site.kept()


class Slow:
    """Renders when told to; raises the first time if asked."""

    streaming = False

    def __init__(self, fails=0):
        self.go, self.renders, self.fails = threading.Event(), 0, fails

    def __call__(self, environ, start_response):
        self.renders += 1
        assert self.go.wait(10)
        if self.renders <= self.fails:
            raise RuntimeError("broken")
        start_response("200 OK", [("Cache-Control", "no-cache")])
        return self

    def __iter__(self):
        return iter([b"fresh"])

    def close(self):
        pass


@pytest.mark.parametrize("fails", [0, 1])
def test_of_many_who_wait_one_renders_and_a_failure_releases_the_others(fails):
    slow = Slow(fails)
    store = PageStore(slow, max_bytes=100_000, snapshots=Snapshots())
    present = Snapshot(1, 0, 0)
    store.snapshots.current = lambda: present
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/",
        "HTTP_HOST": "127.0.0.1:8000",
    }
    bodies = []

    def read():
        try:
            bodies.append(store(dict(environ), lambda status, headers: None))
        except RuntimeError as error:
            bodies.append(error)
        finally:
            connections.close_all()

    readers = [threading.Thread(target=read) for _ in range(20)]
    for reader in readers:
        reader.start()
    slow.go.set()
    for reader in readers:
        reader.join(10)
    assert slow.renders == 1 + fails
    assert bodies.count([b"fresh"]) == 20 - fails


@pytest.mark.slow
def test_a_stamp_that_cannot_be_written_costs_a_look_and_is_said_once(
    site, settings, monkeypatch, caplog
):
    monkeypatch.setattr(change_flag, "map", None)
    settings.VAR_DIR = "/dev/null"
    site()
    save_firm()
    assert b"Changed" in site()[2]
    site()
    assert len(site.asked) == 2
    assert [
        r.getMessage()[:38] for r in caplog.records if r.name.endswith("change_flag")
    ] == ["/dev/null/pages.changed cannot be writ"]


def test_a_stamp_file_that_was_replaced_is_found_again(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    one, other = ChangeFlag(), ChangeFlag()
    one.open()
    (tmp_path / "pages.changed").unlink()
    other.move()
    one.open()
    seen = one.read()
    other.move()
    assert one.read() != seen


def test_a_stamp_file_that_somebody_removed_is_made_anew_at_once(
    tmp_path, settings, caplog
):
    settings.VAR_DIR = tmp_path
    flag = ChangeFlag()
    flag.move()
    (tmp_path / "pages.changed").unlink()
    flag.move()
    assert (tmp_path / "pages.changed").exists() and not caplog.records


@pytest.mark.slow
def test_a_crawl_of_many_addresses_stays_in_its_room(site):
    """Real bytes, not only those that the store counts."""
    site("/posts/")
    room = 3_000_000
    site.store.max_bytes = room
    words = [bytes([65 + number % 26]) * 40 for number in range(100)]
    tracemalloc.start()
    snapshot = site.store.snapshots.snapshot
    for number in range(2_000):
        body = b"".join(random.Random(number).sample(words, 90))  # noqa: S311
        headers = [("Content-Type", "text/html"), ("Cache-Control", "no-cache")]
        site.store.keep(snapshot, (f"/{number}/", ""), Page(headers, body))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert snapshot.size <= room and 100 < len(snapshot.pages) < 2_000
    assert taken < room * 1.1


@pytest.mark.slow
def test_what_is_too_long_to_be_meant_is_not_remembered():
    page = Page([("Content-Type", "text/html")], b"x")
    tracemalloc.start()
    for number in range(20):
        sent = f"/{number}{'x' * 50_000}"
        assert page.response(sent).tag.endswith('-identity"')
        assert paths_in_all_languages(sent) == {}
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 500_000


@pytest.mark.slow
def test_each_worker_tells_what_it_keeps(site, settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path
    call_command("pages")
    assert "No worker keeps pages here." in capsys.readouterr().out
    (tmp_path / "pages.99999999.json").write_text("{}")
    (tmp_path / "pages.1.json").write_text("of a worker that writes just now {")
    for address in ("/", "/posts/", "/posts/"):
        site(address)
    call_command("pages")
    size = site.store.snapshots.snapshot.size / 2**20
    assert capsys.readouterr().out == (
        f"Worker {os.getpid()}: 2 pages, {size:.1f} of 0 MB\n"
    )
    assert not (tmp_path / "pages.99999999.json").exists()
