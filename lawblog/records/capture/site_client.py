"""Requests pages of the site within this process, as a visitor's browser would see
them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from lawblog.pagecache.store import with_kept_pages

# They differ with every answer, or are of no use later.
DROPPED = {"date", "set-cookie"}


@dataclass(frozen=True)
class Answer:
    """headers: [name, value] as sent, in order."""

    status: int
    headers: list[list[str]]
    body: bytes

    def header(self, name: str) -> str:
        """The value, or ""."""
        found = (v for k, v in self.headers if k.lower() == name.lower())
        return next(found, "")

    @property
    def kind(self) -> str:
        """The type of the content, like "text/html"."""
        return self.header("Content-Type").partition(";")[0].strip().lower()


@cache
def _application() -> Any:
    return with_kept_pages(get_wsgi_application())


def ask(address: str) -> Answer:
    """The answer to GET for a path of the site with its query, like "/posts/?page=2".

    Not compressed: GZipMiddleware adds random bytes, and the same page would be another
    each time.
    """
    started: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], *rest: object) -> None:
        started.extend((status, headers))

    with _connections_kept():
        body = _application()(_environ(address), start)
        content = b"".join(body)
        getattr(body, "close", lambda: None)()
    headers = [
        [name, value] for name, value in started[1] if name.lower() not in DROPPED
    ]
    return Answer(int(started[0][:3]), headers, content)


@contextmanager
def _connections_kept() -> Iterator[None]:
    """A request's beginning and end close a connection that is old or within a
    transaction, and this one is whoever asks's. django.test.Client does the same."""
    signals = request_started, request_finished
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def _environ(address: str) -> dict[str, Any]:
    site = urlsplit(settings.SITE_URL)
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        # WSGI has bytes as if they were latin-1.
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        # What a proxy would say (BEHIND_PROXY), so that nothing is sent to https.
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": True,
    }
