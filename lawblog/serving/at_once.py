"""Cached pages are answered in the thread in which the server hands out requests; what
may wait goes to THREADS others, unless it has a body: granian gives that only to the
thread that it called, and only until it comes back.

With several threads of the server's own, each request wakes another one and all of them
want Python's lock: a cached page then costs a fifth more, and waits when all are taken.

This is the only module that uses what granian does not promise to keep; lawblog.E008
fails with one that was not examined.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from granian import wsgi
from granian.server import mp

from lawblog.pagecache.responses import Headers
from lawblog.pagecache.store import PageStore

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)


class Answering(Protocol):
    """granian's end of one request. One that nobody answers is a 500."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...


def switch_on() -> None:
    """From now on granian's workers answer so."""
    # Its workers know the function by this name; no option names another.
    mp._wsgi_call_wrap = answering  # type: ignore[attr-defined,assignment]


def answering(
    application: "WSGIApplication", *options: Any
) -> Callable[[Answering, "WSGIEnvironment"], None]:
    """What granian calls with each request."""
    answer = wsgi._callback_wrapper(application, *options)
    threads = ThreadPoolExecutor(settings.THREADS, "request")

    def in_this_thread(request: Answering, environ: "WSGIEnvironment") -> None:
        try:
            answer(request, environ)
        except Exception:
            logger.exception("A request was not answered.")

    def begin(request: Answering, environ: "WSGIEnvironment") -> None:
        if isinstance(application, PageStore) and (kept := application.kept(environ)):
            request.response_bytes(*kept)
        elif environ.get("CONTENT_LENGTH", "0") != "0":
            in_this_thread(request, environ)
        else:
            threads.submit(in_this_thread, request, environ)

    return begin
