"""Checks links to other hosts, when asked to."""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, urlsplit

from lawblog.html.excerpts import excerpts
from lawblog.ip_addresses import is_public_ip
from lawblog.time_limit import TookTooLong, within

from .finding import SHOULD, Finding, around
from .links import own_path

STEP_SECONDS = 5
MAX_LINKS = 30
# For one link and for all.
LINK_SECONDS, TOTAL_SECONDS = 15, 60
REFUSALS = (401, 403, 429)

Answers = Callable[[str], bool | None]


def dead_links(body: str, answers: Answers | None = None) -> Iterator[Finding]:
    """Findings for the first MAX_LINKS links to other hosts at which no page answers.

    answers: says of an address whether a page is there; None when that cannot be told.
    """
    ask, until = answers or in_time, time.monotonic() + TOTAL_SECONDS
    known: dict[str, bool | None] = {}
    for block in excerpts(body):
        for text, address in block.links:
            if not address.startswith("http") or own_path(address, "/"):
                continue
            if address not in known and len(known) < MAX_LINKS:
                known[address] = ask(address) if time.monotonic() < until else None
            if known.get(address) is False:
                sentence = f"No page answers at {address}."
                yield Finding(SHOULD, sentence, around(text), block.number)


def in_time(url: str) -> bool | None:
    """As page_answers(); None where that takes too long."""
    try:
        return within(LINK_SECONDS, lambda: page_answers(url))
    except TookTooLong:
        return None


def page_answers(url: str) -> bool | None:
    """Asks once, without following redirects, and only hosts on the public internet: a
    link must not make this machine probe the firm's own network."""
    try:
        parts = urlsplit(url)
        status = _status(parts, "HEAD")
        if status in (403, 405, 501):
            status = _status(parts, "GET")
    except (OSError, ValueError, http.client.HTTPException):
        return False
    if status in REFUSALS or status >= 500:
        return None
    return status < 400


def _status(parts: SplitResult, method: str) -> int:
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    host = parts.hostname or ""
    address = _public_address(host, port)
    with socket.create_connection((address, port), STEP_SECONDS) as to:
        if secure:
            context = ssl.create_default_context()
            to = context.wrap_socket(to, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=STEP_SECONDS)
        connection.sock = to
        query = f"?{parts.query}" if parts.query else ""
        connection.request(method, f"{parts.path or '/'}{query}")
        return connection.getresponse().status


def _public_address(host: str, port: int) -> str:
    """OSError when one of the host's addresses is not public."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(row[4][0]) for row in rows]
    if not all(map(is_public_ip, addresses)):
        raise OSError(f"{host} is not on the public internet.")
    return addresses[0]
