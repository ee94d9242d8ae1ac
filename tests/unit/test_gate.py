"""What stands before Django lets nobody hold all threads."""

import io
import os
import socket
import threading

import pytest
from django.core import signing
from django.http import HttpResponse
from helpers.machines import wait_until
from helpers.observatory import points, score

from lawblog.people import known_browsers
from lawblog.serving import fair_semaphore, gate, timed_body
from lawblog.serving.fair_semaphore import FairSemaphore
from lawblog.serving.gate import Gate
from lawblog.serving.slow_connections import Ends, hang_up


@pytest.fixture
def client():
    """(client, the server's side) of a connection, each a socket."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
        server.accept()[0] as connection,
    ):
        # What nobody ended would be read for ever.
        client.settimeout(60)
        connection.settimeout(60)
        yield client, connection


@pytest.fixture
def ask(monkeypatch):
    """ask(gate, path, body, **environ) → status, headers, text."""
    monkeypatch.setattr(fair_semaphore, "WAIT_SECONDS", 0)

    def answer(application, path="/", body=b"", **environ):
        stream = io.BytesIO(body) if isinstance(body, bytes) else body
        length = str(len(body)) if isinstance(body, bytes) else "100"
        told = []
        environ = {
            "REQUEST_METHOD": "POST" if length != "0" else "GET",
            "PATH_INFO": path,
            "CONTENT_LENGTH": length,
            "wsgi.input": stream,
            **environ,
        }
        body = application(environ, lambda *words: told.append(words))
        return int(told[0][0][:3]), dict(told[0][1]), b"".join(body).decode()

    return answer


def reads(environ, start_response):
    text = environ["wsgi.input"].read(10) if environ["CONTENT_LENGTH"] != "0" else b""
    start_response("200 OK", [])
    return [text]


def test_a_body_that_comes_is_handed_on(ask):
    assert ask(Gate(reads, 12), "/admin/", b"typed")[::2] == (200, "typed")


def test_a_body_that_does_not_come_is_given_up_and_its_place_is_free(
    ask, client, settings, monkeypatch
):
    monkeypatch.setattr(timed_body, "CONTINUE_SECONDS", 1)
    settings.BODY_SECONDS = 1
    client, connection = client
    ends = {"REMOTE_ADDR": "127.0.0.1", "SERVER_PORT": str(connection.getsockname()[1])}
    site = Gate(reads, 4)
    # Its reading ends since the connection does: nothing else could end it.
    with connection.makefile("rb", buffering=0) as body:
        status, headers, _ = ask(_late(site), "/admin/", body, **ends)
    assert status == 408 and headers["Connection"] == "close"
    site.application = reads
    assert ask(site, "/admin/", b"typed")[0] == 200
    assert client.recv(10) == b""


def _late(site):
    """Django turns what the body raises into an answer of its own."""

    def application(environ, start_response):
        try:
            return reads(environ, start_response)
        except OSError:
            start_response("403 Forbidden", [])
            return [b"no token"]

    site.application = application
    return site


def test_only_connections_of_that_client_to_that_port_are_ended(client):
    client, connection = client
    port = connection.getsockname()[1]
    assert hang_up(Ends("127.0.0.2", port), 0) == 0
    assert hang_up(Ends("127.0.0.1", 1), 0) == 0
    assert hang_up(Ends("127.0.0.1", port), 60) == 0  # something was sent since
    numbers = os.listdir("/proc/self/fd")
    assert hang_up(Ends("127.0.0.1", port), 0) == 1
    assert client.recv(10) == b""
    # Of a worker's own files nothing is left open twice.
    assert os.listdir("/proc/self/fd") == numbers


def test_what_was_not_read_is_not_waited_for(ask):
    def unread(environ, start_response):
        start_response("302 Found", [("Location", "/admin/login/")])
        return [b""]

    _, headers, _ = ask(Gate(unread, 12), "/admin/", b"typed")
    assert headers["Connection"] == "close"


@pytest.mark.parametrize(
    "environ, status",
    [
        ({"PATH_INFO": "/", "REQUEST_METHOD": "GET", "CONTENT_LENGTH": "1"}, 413),
        ({"CONTENT_LENGTH": "20000001"}, 413),
        ({"CONTENT_LENGTH": "9" * 5000}, 413),
        ({"CONTENT_LENGTH": "-1"}, 400),
        ({"CONTENT_LENGTH": "²"}, 400),
        ({"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}, 411),
    ],
)
def test_what_is_refused_never_reaches_django(ask, environ, status):
    asked = {"PATH_INFO": "/admin/", "REQUEST_METHOD": "POST", **environ}
    assert ask(Gate(None, 12), **asked)[0] == status


def test_a_full_house_answers_at_once_with_the_page_for_readers(ask):
    site = Gate(reads, gate.RESERVED_THREADS + 1)
    assert site.room.enter()
    status, headers, page = ask(site, "/es/posts/")
    assert status == 503 and headers["Retry-After"] == "5"
    assert "Volvemos en un momento" in page
    site.room.leave()
    assert ask(site, "/es/posts/")[0] == 200


@pytest.mark.parametrize("length", ["0", "20000001"])
def test_what_the_gate_answers_is_as_strict_as_any_page(ask, settings, length):
    """By Mozilla's points, as test_observatory.py has them for pages."""
    settings.SECURE_HSTS_SECONDS = 31_536_000
    site = Gate(reads, gate.RESERVED_THREADS + 1)
    assert site.room.enter()
    _, headers, page = ask(site, "/admin/", CONTENT_LENGTH=length)
    answer = HttpResponse(page, headers=headers)
    assert score(answer) == 150, points(answer)


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/account/password/"])
def test_passwords_that_are_looked_at_take_no_place_of_other_bodies(ask, path):
    site = Gate(reads, 12)
    hashing, go_on = threading.Event(), threading.Event()

    def hashes(environ, start_response):
        if environ["PATH_INFO"] == path:
            hashing.set()
            go_on.wait(20)
        return reads(environ, start_response)

    site.application = hashes
    first = threading.Thread(target=ask, args=(site, path, b"name"))
    first.start()
    assert hashing.wait(20)
    assert [ask(site, path, b"name")[0] for _ in range(9)] == [503] * 9
    places = [site.bodies.enter() for _ in range(2)]
    assert places == [True, True]
    assert ask(site, "/admin/posts/post/add/", b"typed")[::2] == (200, "typed")
    go_on.set()
    first.join()
    assert ask(site, path, b"name")[::2] == (200, "name"), "its place is free again"


def test_bodies_of_the_desk_take_no_place_of_signing_in(ask):
    site = Gate(reads, 4)
    assert site.bodies.enter()
    assert ask(site, "/admin/posts/post/add/", b"typed")[0] == 503
    assert ask(site, "/admin/login/", b"name")[::2] == (200, "name")


def test_what_waits_for_a_place_of_bodies_takes_none_of_those_who_send_nothing(
    ask, monkeypatch
):
    site, answers = Gate(reads, 12), []
    everybody = site.room.free
    while site.bodies.free:
        assert site.bodies.enter()
    monkeypatch.setattr(fair_semaphore, "WAIT_SECONDS", 60)
    waiting = threading.Thread(
        target=lambda: answers.append(ask(site, "/admin/posts/", b"typed")[0])
    )
    waiting.start()
    wait_until(lambda: site.bodies.waiting)
    assert site.room.free == everybody
    site.bodies.leave()
    waiting.join()
    assert answers == [200]


def test_a_browser_that_signed_in_before_has_a_place_that_strangers_cannot_take(ask):
    site = Gate(reads, 12)
    assert site.sign_ins.enter()
    good = signing.dumps([[7, "number"]], salt=known_browsers.SALT)
    for cookie, status in ((good, 200), (f"x{good}", 503), ("a", 503), ("", 503)):
        told = {"HTTP_COOKIE": f"a=b; {known_browsers.COOKIE}={cookie}"}
        assert ask(site, "/admin/login/", b"name", **told)[0] == status
    assert site.known.enter()
    told = {"HTTP_COOKIE": f"{known_browsers.COOKIE}={good}"}
    assert ask(site, "/admin/login/", b"name", **told)[0] == 503


def test_a_view_that_breaks_leaves_its_place(ask):
    def breaks(environ, start_response):
        raise RuntimeError

    site = Gate(breaks, gate.RESERVED_THREADS + 1)
    for path, body in (
        ("/admin/", b""),
        ("/admin/", b"typed"),
        ("/admin/login/", b"name"),
    ):
        with pytest.raises(RuntimeError):
            ask(site, path, body)
    assert site.room.enter() and site.bodies.enter() and site.sign_ins.enter()


def test_somebody_who_leaves_lets_the_next_one_in():
    room = FairSemaphore(1)
    assert room.enter()
    leaves = threading.Timer(0, room.leave)
    leaves.start()
    assert room.enter()
    leaves.join()


def test_whoever_waits_goes_before_whoever_comes():
    room, entered = FairSemaphore(1), []
    assert room.enter()
    waiting = threading.Thread(target=lambda: entered.append(room.enter()))
    waiting.start()
    wait_until(lambda: room.waiting)
    room.leave()
    # It is the other's already, however late that thread wakes up.
    assert room.free == 0
    waiting.join()
    assert entered == [True]
    room.leave()
    assert room.free == 1
