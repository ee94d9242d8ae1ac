"""Nothing of a visit is in anything that Caddy writes, with the recipe as shipped."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from helpers.served import ask, free_port, wait_for
from helpers.unseen import HEADERS, marks_in, visit

ROOT = Path(__file__).resolve().parents[2]
CADDY = shutil.which("caddy")
pytestmark = pytest.mark.skipif(
    not (CADDY or os.environ.get("REQUIRE_ALL")),
    reason="no caddy found: install it (Debian: caddy)",
)


def recipe(front: int, back: int) -> str:
    """deploy/Caddyfile on a port of its own, in front of another."""
    text = (ROOT / "deploy/Caddyfile").read_text()
    text = text.replace("\nwww.example.com {", f"\nhttp://127.0.0.1:{front} {{")
    text = re.sub(r"\nexample.com \{.*?\n\}", "", text, flags=re.DOTALL)
    text = text.replace("lb_try_duration 8s", "lb_try_duration 0s")
    return text.replace("unix//run/lawblog/site.sock", f"127.0.0.1:{back}")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for all that Caddy writes."""
    return tmp_path_factory.mktemp("caddy")


@pytest.fixture(scope="module")
def caddy(written: Path) -> Iterator[tuple[int, int]]:
    """(its port, the port at which it looks for the site)."""
    front, back = free_port(), free_port()
    file = written / "Caddyfile"
    file.write_text(recipe(front, back))
    home = {"HOME": str(written), "XDG_DATA_HOME": str(written / "data")}
    with (written / "output").open("wb") as output:
        process = subprocess.Popen(
            [str(CADDY), "run", "--adapter", "caddyfile", "--config", file],
            env=os.environ | home,
            stdout=output,
            stderr=output,
        )
        try:
            wait_for(front)
            yield front, back
        finally:
            process.terminate()
            process.wait(60)


class Site(BaseHTTPRequestHandler):
    """Remembers the headers of the last request."""

    def do_GET(self) -> None:
        type(self).seen = dict(self.headers)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """http.server writes each request down; this is not what is tested."""


def test_caddy_writes_down_nothing_of_a_visit(
    caddy: tuple[int, int], written: Path
) -> None:
    front, _back = caddy
    # The site is away, as Caddy writes errors and not what went well.
    status, headers, body = ask(front, "GET", "/markedword/", **HEADERS)
    assert (status, headers["Retry-After"]) == (503, "30")
    assert b"try again" in body
    visit(front)
    assert marks_in(written) == []


def test_caddy_hands_on_nothing_of_who_asks(caddy: tuple[int, int]) -> None:
    front, back = caddy
    with HTTPServer(("127.0.0.1", back), Site) as site:
        Thread(target=site.handle_request, daemon=True).start()
        assert ask(front, "GET", "/", **HEADERS)[0] == 200
    assert Site.seen["X-Forwarded-Proto"] == "https"
    for name in ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded"):
        assert name not in Site.seen


@pytest.mark.parametrize(
    # Up to 256 KB Caddy itself takes in before it answers.
    ("path", "length"),
    [("/admin/", 21_000_000), ("/search/", 300_000), ("/", 10**12)],
)
def test_caddy_refuses_a_body_before_reading_it(
    caddy: tuple[int, int], path: str, length: int
) -> None:
    connection = HTTPConnection("127.0.0.1", caddy[0], timeout=60)
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", str(length))
    connection.endheaders()
    # Of the body nothing is ever sent.
    with connection.getresponse() as answer:
        assert answer.status == 413
    connection.close()
