"""Clients that are slow on purpose, with no proxy before the site."""

import os
import re
import socket
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest
from helpers.machines import wait_until
from helpers.one_site import half_a_header
from helpers.served import ask, serving

pytestmark = pytest.mark.slow
KEPT = "/offices/"
SIGN_IN = "/admin/login/"


@pytest.fixture
def port(served):
    return served[0]


def send(port, method, path, length, body=b"", headers=()):
    """An open connection on which a request was begun."""
    client = socket.create_connection(("127.0.0.1", port), timeout=60)
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *headers]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    client.sendall("\r\n".join([*lines, "", ""]).encode() + body)
    return client


def status(client):
    return int(client.recv(4096).split()[1])


def refused(port):
    """What is answered to whoever sends something that readers do not send."""
    with closing(send(port, "POST", "/", 10)) as client:
        return status(client)


def statuses(port, count=40):
    """What so many readers get, each within a minute."""
    return {ask(port, "GET", KEPT)[0] for _ in range(count)}


def test_what_a_form_sends_arrives_whole_however_late(port):
    """As a browser sends it: the head first."""
    _, headers, page = ask(port, "GET", SIGN_IN)
    cookie = headers["set-cookie"].strip().split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.decode())[1]
    body = f"csrfmiddlewaretoken={token}&login=nobody&password=wrong".encode()
    form = ["Content-Type: application/x-www-form-urlencoded", f"Cookie: {cookie}"]
    form += [f"Origin: http://127.0.0.1:{port}", "Connection: close"]
    with closing(send(port, "POST", SIGN_IN, len(body), headers=form)) as client:
        # Another request is answered in between.
        assert statuses(port, 1) == {200}
        client.sendall(body)
        answer = b"".join(iter(lambda: client.recv(4096), b""))
    assert answer.split()[1] == b"200" and b"is not right" in answer


def test_two_hundred_slow_clients_hold_up_no_reader(port):
    # Of a form, and with a cookie: else it is refused without its body.
    form = ["Content-Type: application/x-www-form-urlencoded"]
    form += ["Cookie: csrftoken=" + "a" * 32]
    with ExitStack() as stack:
        for _ in range(200):
            client = send(port, "POST", SIGN_IN, 5000, b"username=", form)
            stack.enter_context(closing(client))
        assert statuses(port) == {200}
        # Nor for long one whose page has to be made.
        wait_until(lambda: ask(port, "GET", "/search/?q=visa")[0] == 200)
    # When they have left, there is room for what others send.
    wait_until(lambda: refused(port) == 405)


def test_what_is_given_up_holds_up_nobody_afterwards(tmp_path):
    """The server would answer nobody after an answer to what is still being read."""
    form = ["Content-Type: application/x-www-form-urlencoded"]
    with serving(tmp_path, BODY_SECONDS="3") as (port, _), ExitStack() as stack:
        clients = [send(port, "POST", SIGN_IN, 5000, b"user", form) for _ in range(8)]
        for client in clients:
            stack.enter_context(closing(client))
        # Each hears something, a refusal or the end, and stays on the line.
        for client in clients:
            client.recv(4096)
        assert statuses(port) == {200}


@pytest.mark.parametrize(
    "method, path, length, headers, answer",
    [
        ("GET", "/", 10, (), 413),
        ("POST", "/", 10, (), 405),
        ("POST", SIGN_IN, 20_000_001, (), 413),
        ("POST", SIGN_IN, None, ("Transfer-Encoding: chunked",), 411),
        # A long text or a file of somebody who is not signed in.
        ("POST", "/admin/posts/post/add/", 70_000, (), 302),
        ("POST", "/admin/upload/", 10_000_000, (), 403),
        ("POST", SIGN_IN, 10_000_000, ("Cookie: sessionid=made-up",), 302),
    ],
)
def test_a_body_is_refused_before_it_is_read(
    port, method, path, length, headers, answer
):
    spooled = set(os.listdir(tempfile.gettempdir()))
    with closing(send(port, method, path, length, headers=headers)) as client:
        assert status(client) == answer
        # The server hangs up instead of waiting for the rest.
        while client.recv(4096):
            pass
    new = set(os.listdir(tempfile.gettempdir())) - spooled
    assert not [name for name in new if name.endswith(".upload")]


def test_many_who_ask_for_what_is_not_kept_are_all_answered(port):
    def ask_again(number):
        """A busy machine may tell some to come again, and they do."""
        found = [503]
        while found[-1] == 503:
            found.append(ask(port, "GET", f"/search/?q=a{number}")[0])
        return found[-1]

    with ThreadPoolExecutor(40) as crowd:
        assert set(crowd.map(ask_again, range(200))) == {200}


def test_a_half_header_holds_nothing(served):
    port, _, half = served
    with ExitStack() as stack:
        for _ in range(200):
            half_a_header(port, stack)
        assert statuses(port) == {200}
    # Fifteen seconds are theirs (deploy/serve), and no more.
    assert [client.recv(1) for client in half] == [b""] * len(half)
