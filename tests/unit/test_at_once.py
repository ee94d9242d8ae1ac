"""What was kept is answered in the server's own thread; nothing else holds that up."""

import io
import threading

import pytest
from helpers.pagecache import ARTICLE

from lawblog import checks
from lawblog.serving.at_once import answering

pytestmark = pytest.mark.django_db(transaction=True)


class Request:
    """granian's end of a request: remembers its answer, and the thread that gave it."""

    def __init__(self):
        self.answered = threading.Event()

    def response_bytes(self, status, headers, body):
        self.answer, self.thread = (status, headers, body), threading.current_thread()
        self.answered.set()


@pytest.fixture
def server(site, settings):
    """server(path, **environ) → Request; server.go lets the one thread go on."""
    settings.THREADS = 1
    site()  # the article is kept
    go = threading.Event()

    def slow(environ, start_response):
        assert go.wait(60) and environ["PATH_INFO"] != "/admin/broken/"
        start_response("202 Accepted", [])
        return []

    site.store.application = slow
    begin = answering(site.store, {})

    def ask(path=ARTICLE, **environ):
        request = Request()
        reader = {"REQUEST_METHOD": "GET", "HTTP_HOST": "127.0.0.1:8000"}
        told = {"PATH_INFO": path, "QUERY_STRING": "", "wsgi.url_scheme": "http"}
        other = {"SERVER_NAME": "a", "SERVER_PORT": "1", "wsgi.input": io.BytesIO()}
        begin(request, reader | told | other | environ)
        return request

    ask.go, ask.site = go, site
    yield ask
    go.set()


def test_a_kept_page_is_answered_though_every_thread_is_taken(server):
    taken = server("/admin/")
    status, headers, body = server.site(HTTP_ACCEPT_ENCODING="br")
    for method, unchanged, expected in (
        ("GET", None, (status, body)),
        ("HEAD", None, (status, b"")),
        ("GET", headers["ETag"], (304, b"")),
    ):
        asks = {"REQUEST_METHOD": method, "HTTP_ACCEPT_ENCODING": "br"}
        asks |= {"HTTP_IF_NONE_MATCH": unchanged} if unchanged else {}
        request = server(**asks)
        assert request.thread is threading.current_thread()
        assert (request.answer[0], request.answer[2]) == expected
        assert dict(request.answer[1])["ETag"] == headers["ETag"]
    assert not taken.answered.is_set()
    server.go.set()
    assert taken.answered.wait(60) and taken.answer[0] == 202
    assert taken.thread is not threading.current_thread()


@pytest.mark.parametrize(
    "environ",
    [
        {"REQUEST_METHOD": "POST"},
        {"HTTP_HOST": "elsewhere.example"},
        {"HTTP_COOKIE": "sessionid=a"},
        {"HTTP_AUTHORIZATION": "Basic a"},
        {"QUERY_STRING": "word=2"},
    ],
)
def test_only_a_reader_of_a_kept_page_is_answered_at_once(server, environ):
    request = server(**environ)
    assert not request.answered.is_set()
    server.go.set()
    assert request.answered.wait(60) and request.answer[0] == 202


def test_what_has_a_body_is_answered_where_the_body_can_be_read(server):
    server.go.set()
    request = server(REQUEST_METHOD="POST", CONTENT_LENGTH="5")
    assert request.answer[0] == 202
    assert request.thread is threading.current_thread()


def test_what_may_have_changed_is_looked_up_by_a_thread_that_may_wait(server):
    server.site.store.clock.snapshot.flag = b"another"
    request = server()
    server.go.set()
    assert request.answered.wait(60)
    assert request.thread is not threading.current_thread()


def test_a_request_that_breaks_is_logged_and_the_thread_goes_on(server, caplog):
    server.go.set()
    broken, following = server("/admin/broken/"), server("/admin/")
    assert following.answered.wait(60) and following.answer[0] == 202
    assert not broken.answered.is_set()
    assert "A request was not answered." in caplog.text


def test_a_granian_that_nobody_examined_is_an_error(monkeypatch):
    assert checks.granian_is_examined(None) == []
    monkeypatch.setattr(checks, "EXAMINED_GRANIAN", "0.1.")
    assert [found.id for found in checks.granian_is_examined(None)] == ["lawblog.E008"]
