"""Links to other hosts are asked for on request alone, and never inside the house."""

import http.server
import threading

import pytest

from lawblog.ip_addresses import is_public_ip
from posts.checks import dead_links

pytestmark = pytest.mark.slow

BODY = """<p>See <a href="https://a.example/there">the form</a> and
    <a href="https://b.example/gone">the notice</a>.</p>
    <p><a href="/offices/">Offices</a> <a href="mailto:a@b.example">write</a></p>"""


def test_only_other_hosts_are_asked_and_each_once():
    asked = []
    found = dead_links.dead_links(BODY * 2, lambda url: asked.append(url))
    assert list(found) == []
    assert asked == ["https://a.example/there", "https://b.example/gone"]


def test_a_link_at_which_nothing_answers_is_told_with_its_place():
    (finding,) = dead_links.dead_links(BODY, lambda url: "gone" not in url)
    assert finding.sentence == "No page answers at https://b.example/gone."
    assert (finding.severity, finding.excerpt, finding.block) == (
        "should",
        "the notice",
        1,
    )


class Handler(http.server.BaseHTTPRequestHandler):
    asked = []

    def do_HEAD(self):
        self.asked.append((self.command, self.path, dict(self.headers)))
        code = int(self.path[1:4])
        self.send_response(code if self.command == "HEAD" or code != 405 else 200)
        self.send_header("Location", "/200")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args):
        pass


@pytest.fixture
def host():
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Handler.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "path, answer",
    [
        ("/200?q=1", True),
        ("/301", True),
        ("/404", False),
        ("/410", False),
        ("/405", True),
        ("/429", None),
        ("/503", None),
    ],
)
def test_what_an_answer_means(host, monkeypatch, path, answer):
    monkeypatch.setattr(dead_links, "is_public_ip", lambda address: True)
    assert dead_links.page_answers(host + path) is answer
    assert all(asked == path for _, asked, _ in Handler.asked)
    for *_, headers in Handler.asked:
        assert set(headers) <= {"Host", "Accept-Encoding"}


def test_no_door_inside_the_house_is_knocked_at(host):
    assert dead_links.page_answers(host + "/200") is False
    assert Handler.asked == []


def test_the_firms_own_network_is_not_public_however_it_is_written():
    for inside in (
        *("127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *(
            "224.0.0.1",
            "198.18.0.1",
            "192.88.99.1",
            "192.0.0.8",
            "::",
            "::1",
        ),
        *("::ffff:10.0.0.8", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::a00:8"),
        *("64:ff9b:1::a00:8", "2002:7f00:1::", "fec0::1", "fd00::1", "fe80::1%1"),
        *("::1", "ff0e::1", "5f00::1", "3fff::1", "2001:20::1"),
    ):
        assert not is_public_ip(inside), inside
    for outside in ("1.1.1.1", "::ffff:1.1.1.1", "2606:4700:4700::1111"):
        assert is_public_ip(outside), outside


def test_a_host_that_answers_letter_by_letter_holds_nobody_up(monkeypatch):
    goes_on = threading.Event()
    monkeypatch.setattr(dead_links, "page_answers", lambda url: goes_on.wait(60))
    monkeypatch.setattr(dead_links, "LINK_SECONDS", 0.01)
    assert list(dead_links.dead_links(BODY)) == []
    monkeypatch.setattr(dead_links, "TOTAL_SECONDS", 0)
    asked = []
    assert list(dead_links.dead_links(BODY, asked.append)) == [] and asked == []
    goes_on.set()


@pytest.mark.parametrize(
    "url", ["http://", "http://[", "http://a:99999/", "https://127.0.0.1:1/", "http:x"]
)
def test_an_address_that_is_none_is_dead(url):
    assert dead_links.page_answers(url) is False


def test_nobody_is_asked_until_the_attorney_presses(
    attorney_client, make_post, monkeypatch
):
    asked = []
    monkeypatch.setattr(dead_links, "page_answers", lambda url: asked.append(url))
    post = make_post(body=BODY)
    address = f"/admin/posts/post/{post.pk}/publish/"
    page = attorney_client.get(address).content.decode()
    assert asked == [] and "Check links to other sites" in page
    attorney_client.get(f"{address}?check_links")
    assert len(asked) == 2
