"""Pictures of other sites: public addresses alone, and none without end."""

import socket
import threading

import pytest
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3.util import connection

from lawblog.media import downloading, fetching
from lawblog.media.fetching import CannotFetch, Fetcher

real_fetch = downloading.fetch
PUBLIC = "93.184.216.34"


@pytest.fixture
def names(monkeypatch):
    """{host: address}; every look-up is counted under its host."""
    known, asked = {}, []
    real = socket.getaddrinfo

    def look_up(host, port, *args, **options):
        asked.append(host)
        if host not in known:
            return real(host, port, *args, **options)
        family = socket.AF_INET6 if ":" in known[host] else socket.AF_INET
        rest = (0, 0) if ":" in known[host] else ()
        return [(family, socket.SOCK_STREAM, 6, "", (known[host], port, *rest))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known, asked


@pytest.fixture
def serve(monkeypatch, names):
    """serve(answer) → a host name at which a server gives answer(path) → bytes; for
    it alone the machine's own address passes for a public one."""
    servers = []

    def start(answer, host="pictures.example"):
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)
        threading.Thread(target=accept, args=(server, answer), daemon=True).start()
        names[0][host] = PUBLIC
        connect = connection.create_connection

        def to_server(address, *args, **options):
            if address[0] == PUBLIC:
                address = server.getsockname()
            return connect(address, *args, **options)

        monkeypatch.setattr(connection, "create_connection", to_server)
        return host

    yield start
    for server in servers:
        server.close()


def accept(server, answer):
    while True:
        try:
            to, _ = server.accept()
        except OSError:
            return
        with to:
            request = to.recv(4096).decode()
            try:
                for part in answer(request):
                    to.sendall(part)
            except OSError:
                pass


def ok(body, head=b""):
    return [b"HTTP/1.1 200 OK\r\n" + head + b"Connection: close\r\n\r\n", *body]


@pytest.mark.parametrize(
    "host",
    (
        *("127.0.0.1", "127.1", "0x7f000001", "2130706433", "0", "localhost"),
        *("10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1"),
        *("[::1]", "[::ffff:127.0.0.1]", "[fd00::1]", "[fe80::1]", "[64:ff9b::7f00:1]"),
        *("[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[fec0::1]", "0177.0.0.1"),
        *("[::ffff:7f00:1]", "017700000001", "[5f00::1]", "192.88.99.1"),
        *("[2002:7f00:1::]", "224.0.0.1", "255.255.255.255", "192.0.0.1", "[::]"),
    ),
)
@pytest.mark.parametrize("scheme", ("http", "https"))
def test_private_addresses_are_never_asked(host, scheme):
    with pytest.raises(CannotFetch) as refused:
        real_fetch(f"{scheme}://{host}/a.png")
    # It was not tried: whatever listens there would have answered.
    assert isinstance(refused.value.__cause__, InvalidIPAddress)


@pytest.mark.parametrize(
    "address",
    (
        *(
            "file:///etc/passwd",
            "ftp://x.example/a",
            "data:image/png;base64,AA",
            "//x/a",
        ),
        *("http://x.example:22/", "http://x.example:8080/", "http://user@x.example/"),
        *("http:///a", "http://[", "http://x.example:99999/", "", "javascript:1"),
    ),
)
def test_odd_addresses_are_refused(address):
    with pytest.raises(CannotFetch):
        real_fetch(address)


def test_a_picture_is_fetched_without_a_trace_of_who_asks(serve):
    asked = []

    def answer(request):
        asked.append(request)
        return ok([b"PIC", b"TURE"])

    host = serve(answer)
    assert real_fetch(f"http://{host}/a.png") == b"PICTURE"
    sent = asked[0].lower()
    assert "cookie" not in sent and "referer" not in sent
    assert "accept-encoding: identity" in sent and f"host: {host}" in sent


def test_a_name_is_resolved_once_and_the_address_is_pinned(serve, names):
    host = serve(lambda request: ok([b"x"]))
    real_fetch(f"http://{host}/a.png")
    assert names[1].count(host) == 1


def test_a_name_that_leads_within_is_refused(names):
    names[0]["inner.example"] = "192.168.1.7"
    with pytest.raises(CannotFetch):
        real_fetch("http://inner.example/a.png")


@pytest.mark.parametrize("to", ("http://127.0.0.1/", "http://localhost/", "file:///x"))
def test_a_redirect_is_looked_at_like_a_link(serve, to):
    head = f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nConnection: close\r\n\r\n"
    host = serve(lambda request: [head.encode()])
    with pytest.raises(CannotFetch):
        real_fetch(f"http://{host}/a.png")


def test_redirects_end(serve):
    head = b"HTTP/1.1 302 Found\r\nLocation: /again\r\nConnection: close\r\n\r\n"
    host = serve(lambda request: [head])
    with pytest.raises(CannotFetch, match="without end"):
        real_fetch(f"http://{host}/a.png")


def test_what_is_too_large_is_cut(serve, monkeypatch):
    monkeypatch.setattr(downloading, "MAX_BYTES", 1024 * 1024)
    host = serve(lambda request: ok(b"x" * 65536 for _ in range(40)))
    with pytest.raises(CannotFetch, match="larger than 1 MB"):
        real_fetch(f"http://{host}/a.png")


def test_a_missing_picture_says_so(serve):
    head = b"HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n"
    host = serve(lambda request: [head])
    with pytest.raises(CannotFetch, match="404"):
        real_fetch(f"http://{host}/a.png")


def test_a_slow_site_is_asked_once(monkeypatch):
    waits = threading.Event()
    asked = []

    def fetch(address):
        asked.append(address)
        waits.wait(30)
        return b""

    monkeypatch.setattr(downloading, "fetch", fetch)
    monkeypatch.setattr(fetching, "PICTURE_SECONDS", 0.01)
    fetcher = Fetcher()
    for name in ("a", "b"):
        with pytest.raises(CannotFetch, match="too slowly"):
            fetcher(f"http://slow.example/{name}")
    waits.set()
    assert asked == ["http://slow.example/a"]


def test_a_run_has_a_limit(monkeypatch):
    monkeypatch.setattr(downloading, "fetch", lambda address: b"x")
    monkeypatch.setattr(fetching, "MAX_PICTURES", 2)
    fetcher = Fetcher()
    assert fetcher("http://a.example/") == fetcher("http://a.example/") == b"x"
    with pytest.raises(CannotFetch, match="More than 2"):
        fetcher("http://a.example/")
