"""Asking the site in this process, as a visitor's browser would: no network needed."""

import io
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.db import close_old_connections

# Another with every answer, or of no use to whoever reads it later.
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
    from lawblog.wsgi import application

    return application


def ask(address: str) -> Answer:
    """The answer to GET for a path of the site with its query, like "/posts/?page=2".

    Not compressed: GZipMiddleware adds random bytes, and the same page would be another
    each time.
    """
    told: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], *rest: object) -> None:
        told.extend((status, headers))

    body = _application()(_environ(address), start)
    try:
        content = b"".join(body)
    finally:
        getattr(body, "close", close_old_connections)()
    headers = [[name, value] for name, value in told[1] if name.lower() not in DROPPED]
    return Answer(int(told[0][:3]), headers, content)


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
