"""A response of Django's, before it is known whether it may be cached."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .responses import Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Rendered:
    """Django's whole response to a WSGI request."""

    def __init__(
        self, application: "WSGIApplication", environ: "WSGIEnvironment"
    ) -> None:
        # What Django answers with: a response, with the marks that it carries.
        body: Any = application(environ, self.start)
        try:
            self.body, self.streaming = b"".join(body), getattr(body, "streaming", True)
        finally:
            body.close()

    def start(self, status: str, headers: Headers, exc_info: object = None) -> Any:
        """WSGI's start_response()."""
        self.status, self.headers = status, headers

    def may_be_kept(self) -> bool:
        """Whether it is a page that is the same for everybody."""
        named = {name.lower(): value for name, value in self.headers}
        return (
            self.status.startswith("200 ")
            and not self.streaming
            and "set-cookie" not in named
            and named.get("cache-control") == "no-cache"
        )

    def send(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """The response to this very request."""
        start_response(self.status, self.headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else self.body]
