"""Between the page cache and Django: however many slow or large requests come in, some
threads stay free for readers of cached pages.

The proxy in front reads requests whole (deploy/); this holds without one, too.
"""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from lawblog.pagecache.responses import Headers
from lawblog.people.known_browsers import somebody_signed_in_before
from lawblog.serving.fair_semaphore import FairSemaphore
from lawblog.serving.gate_answers import busy, refuse
from lawblog.serving.slow_connections import Ends
from lawblog.serving.timed_body import TimedBody

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Threads that are always left for cached pages: one reader a second has to look whether
# they still stand, and others ask for what is not cached yet.
RESERVED_THREADS = 2
# The largest body, in bytes, as the proxies have it.
MAX_BODY_BYTES = 20_000_000

Refusal = tuple[str, str]
TOO_SLOW: Refusal = ("408 Request Timeout", "This took too long to arrive. Try again.")


class Gate:
    """A WSGI application before Django's. threads: how many the server has."""

    def __init__(self, application: "WSGIApplication", threads: int) -> None:
        self.application, self.desk = application, reverse("admin:index")
        self.room = FairSemaphore(max(1, threads - RESERVED_THREADS))
        self.bodies = FairSemaphore(max(1, threads // 4))
        # Anybody may have passwords hashed there, which takes long: one at a time, and
        # never in the place of what those who are signed in send. Browsers in which
        # somebody signed in before have a place that strangers cannot take.
        self.passwords = reverse("admin:login"), reverse("mfa_index")
        self.sign_ins, self.known = FairSemaphore(1), FairSemaphore(1)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if refusal := self.refusal(environ, length):
            return refuse(start_response, *refusal)
        if length == "0":
            return self.within(self.application, environ, start_response)
        # First of all: what waits for its body takes no place of those who send none.
        # A socket with a path has no port.
        port = int(environ.get("SERVER_PORT") or 0)
        ends = Ends(environ.get("REMOTE_ADDR", ""), port)
        body = TimedBody(environ["wsgi.input"], int(length), ends)
        places = self.places(environ)
        if not places.enter():
            return busy(environ, start_response)
        try:
            return self.within(partial(self.with_body, body), environ, start_response)
        finally:
            places.leave()

    def places(self, environ: "WSGIEnvironment") -> FairSemaphore:
        if not environ["PATH_INFO"].startswith(self.passwords):
            return self.bodies
        cookies = environ.get("HTTP_COOKIE", "")
        return self.known if somebody_signed_in_before(cookies) else self.sign_ins

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
        if len(length) > 12 or int(length) > MAX_BODY_BYTES:
            return "413 Content Too Large", "Send at most 20 MB at once."
        return None

    def with_body(
        self,
        body: TimedBody,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        told: list[Any] = []

        def start(status: str, headers: Headers, exc_info: object = None) -> Any:
            told[:] = status, headers

        answer = self.application(environ | {"wsgi.input": body}, start)
        if body.is_late:
            return refuse(start_response, *TOO_SLOW)
        status, headers = told
        # What was not read is not waited for either.
        more = [("Connection", "close")] if body.left > 0 else []
        start_response(status, [*headers, *more])
        return answer
