"""Checks links to other hosts, when asked to."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, urlsplit

from lawblog.html.excerpts import excerpts

from .finding import SHOULD, Finding, around
from .links import own_path

SECONDS = 5
MOST = 30
MAY_LIE = (401, 403, 429)

Answers = Callable[[str], bool | None]


def dead_links(body: str, answers: Answers | None = None) -> Iterator[Finding]:
    """Findings for the first MOST links to other hosts at which no page answers.

    answers: says of an address whether a page is there; None when that cannot be told.
    """
    ask = answers or page_answers
    known: dict[str, bool | None] = {}
    for block in excerpts(body):
        for text, address in block.links:
            if not address.startswith("http") or own_path(address, "/"):
                continue
            if address not in known and len(known) < MOST:
                known[address] = ask(address)
            if known.get(address) is False:
                sentence = f"No page answers at {address}."
                yield Finding(SHOULD, sentence, around(text), block.number)


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
    if status in MAY_LIE or status >= 500:
        return None
    return status < 400


def _status(parts: SplitResult, method: str) -> int:
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    host = parts.hostname or ""
    address = _public_address(host, port)
    with socket.create_connection((address, port), SECONDS) as to:
        if secure:
            context = ssl.create_default_context()
            to = context.wrap_socket(to, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        connection.sock = to
        query = f"?{parts.query}" if parts.query else ""
        connection.request(method, f"{parts.path or '/'}{query}")
        return connection.getresponse().status


def _public_address(host: str, port: int) -> str:
    """OSError when one of the host's addresses is not public."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(row[4][0]) for row in rows]
    if not all(map(is_public, addresses)):
        raise OSError(f"{host} is not on the public internet.")
    return addresses[0]


def is_public(address: str) -> bool:
    return ipaddress.ip_address(address).is_global
