"""Between the kept pages and Django: no number of slow or large requests takes the
threads that readers of kept pages need.

The proxy before us reads requests whole (deploy/); this is what holds without it.
"""

import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from lawblog.pagecache.responses import Headers
from lawblog.site.page_language import language_of
from lawblog.unavailable.answers import for_readers
from lawblog.unavailable.contact import known

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Threads that are always left for kept pages.
RESERVE = 2
# Seconds for which a request waits for a place that others leave again and again.
PATIENCE = 1.0
# The largest body, in bytes, as the proxies have it; and the seconds that it may take.
MOST, SECONDS = 20_000_000, 30.0
# How many threads may wait for bodies that do not come, after we gave them up.
GIVEN_UP = 64

Refusal = tuple[str, str]
TOO_SLOW: Refusal = ("408 Request Timeout", "This took too long to arrive. Try again.")


class Room:
    """So many may be within. Nobody waits for a place in a room that nobody leaves."""

    def __init__(self, places: int) -> None:
        self.free, self.moved = threading.Semaphore(places), time.monotonic()

    def enter(self) -> bool:
        entered = self.free.acquire(blocking=False) or (
            time.monotonic() < self.moved + PATIENCE
            and self.free.acquire(timeout=PATIENCE)
        )
        if entered:
            self.moved = time.monotonic()
        return entered

    def leave(self) -> None:
        self.moved = time.monotonic()
        self.free.release()


class Body:
    """wsgi.input that ends in time: the server's own waits for ever."""

    given_up = threading.Semaphore(GIVEN_UP)

    def __init__(self, stream: Any, length: int) -> None:
        self.stream, self.left = stream, length
        self.until, self.is_late = time.monotonic() + SECONDS, False

    def read(self, size: int = -1) -> bytes:
        return self.in_time(lambda: self.stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        return self.in_time(lambda: self.stream.readline(size))

    def in_time(self, read: Callable[[], bytes]) -> bytes:
        """Raises TimeoutError; the thread that reads goes on until the client hangs up,
        since nothing can end it."""
        found: list[bytes] = []

        def target() -> None:
            try:
                found.append(read())
            finally:
                self.given_up.release()

        if not self.is_late and self.given_up.acquire(blocking=False):
            thread = threading.Thread(target=target, name="body", daemon=True)
            thread.start()
            thread.join(max(0, self.until - time.monotonic()))
        if not found:
            self.is_late = True
            raise TimeoutError
        self.left -= len(found[0])
        return found[0]


class Gate:
    """A WSGI application before Django's. threads: how many the server has."""

    def __init__(self, application: "WSGIApplication", threads: int) -> None:
        self.application, self.desk = application, reverse("admin:index")
        self.room = Room(max(1, threads - RESERVE))
        self.bodies = Room(max(1, threads // 4))
        # Strangers may have passwords hashed there, which takes long: one at a time,
        # and never in the place of what those who are signed in send.
        self.passwords = reverse("admin:login"), reverse("mfa_index")
        self.sign_ins = Room(1)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if refusal := self.refusal(environ, length):
            return refuse(start_response, *refusal)
        if length == "0":
            return self.within(self.application, environ, start_response)
        # First of all: what waits for its body takes no place of those who send none.
        asks = environ["PATH_INFO"].startswith(self.passwords)
        bodies = self.sign_ins if asks else self.bodies
        if not bodies.enter():
            return busy(environ, start_response)
        try:
            answer = partial(self.with_body, int(length))
            return self.within(answer, environ, start_response)
        finally:
            bodies.leave()

    def within(
        self,
        application: "WSGIApplication",
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        if not self.room.enter():
            return busy(environ, start_response)
        try:
            return application(environ, start_response)
        finally:
            self.room.leave()

    def refusal(self, environ: "WSGIEnvironment", length: str) -> Refusal | None:
        """(status, sentence) for what is not read at all."""
        if "HTTP_TRANSFER_ENCODING" in environ and length == "0":
            return "411 Length Required", "Say how long it is."
        if not (length.isascii() and length.isdecimal()):
            return "400 Bad Request", "Its length is no number."
        if length == "0":
            return None
        reads = environ["REQUEST_METHOD"] in ("GET", "HEAD")
        if reads and not environ["PATH_INFO"].startswith(self.desk):
            return "413 Content Too Large", "This site takes nothing from its readers."
        if len(length) > 12 or int(length) > MOST:
            return "413 Content Too Large", "Send at most 20 MB at once."
        return None

    def with_body(
        self, length: int, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        told: list[Any] = []

        def start(status: str, headers: Headers, exc_info: object = None) -> Any:
            told[:] = status, headers

        body = Body(environ["wsgi.input"], length)
        answer = self.application(environ | {"wsgi.input": body}, start)
        if body.is_late:
            return refuse(start_response, *TOO_SLOW)
        status, headers = told
        # What was not read is not waited for either.
        more = [("Connection", "close")] if body.left > 0 else []
        start_response(status, [*headers, *more])
        return answer


def refuse(
    start_response: "StartResponse", status: str, sentence: str
) -> Iterable[bytes]:
    start_response(
        status,
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Cache-Control", "no-store"),
            ("Connection", "close"),
        ],
    )
    return [f"{sentence}\n".encode()]


def busy(
    environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    """The page that readers see while the database is away, too."""
    start_response(
        "503 Service Unavailable",
        [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Security-Policy", "default-src 'none'; style-src 'self'"),
            ("Cache-Control", "no-store"),
            ("Retry-After", "5"),
            ("Connection", "close"),
        ],
    )
    return [for_readers(language_of(environ["PATH_INFO"]), known()).encode()]
