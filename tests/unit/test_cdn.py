"""After a commit a delivery network is told, once; its trouble is never the desk's."""

import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import transaction

from lawblog.pagecache import cdn as purge
from lawblog.pagecache import invalidation
from offices.models import Firm

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def network(set_up, settings):
    """A delivery network: .calls, and .answer, which may be any status."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            server.calls.append((dict(self.headers), body))
            server.wait.wait(10)
            self.send_response(server.answer)
            self.send_header("Location", f"http://127.0.0.1:{server.server_port}/b")
            self.end_headers()

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.calls, server.answer, server.wait = [], 200, threading.Event()
        server.wait.set()
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.CDN_PURGE_URL = f"http://127.0.0.1:{server.server_port}/purge"
        settings.CDN_PURGE_HEADER = {"Fastly-Key": "s3cret"}
        yield server
        server.wait.set()
        server.shutdown()
        thread.join()


def save():
    with transaction.atomic():
        Firm.objects.update(tagline="One")
        Firm.objects.update(tagline="Two")


def test_a_change_of_many_statements_is_one_call(network):
    save()
    ((headers, body),) = network.calls
    assert headers["Fastly-Key"] == "s3cret" and body == b'{"purge_everything": true}'
    assert headers["Surrogate-Key"] == "lawblog-pages"


def test_what_is_rolled_back_purges_nothing(network):
    with pytest.raises(RuntimeError), transaction.atomic():
        Firm.objects.update(tagline="One")
        raise RuntimeError
    assert network.calls == []


@pytest.mark.parametrize("answer", [302, 403, 500])
def test_a_refusal_is_one_sentence_without_the_key(network, caplog, answer):
    network.answer = answer
    save()
    (record,) = caplog.records
    assert f"not purged ({answer})" in record.getMessage()
    assert "s3cret" not in caplog.text and len(network.calls) == 1


def test_a_network_that_is_not_there_breaks_nothing(set_up, settings, caplog):
    settings.CDN_PURGE_URL = "http://127.0.0.1:1/"
    save()
    assert Firm.objects.get().tagline == "Two"
    assert "not purged (URLError)" in caplog.text


def test_a_slow_network_holds_nobody_up(network, monkeypatch):
    monkeypatch.setattr(invalidation, "TELL_SECONDS", 0.05)
    network.wait.clear()
    began = time.monotonic()
    for _ in range(3):
        save()
    assert time.monotonic() - began < purge.PURGE_SECONDS
    network.wait.set()
    for thread in threading.enumerate():
        if thread.name == "invalidation":
            thread.join(10)
    # The first, and one for all who asked meanwhile.
    assert len(network.calls) == 2
