"""What the gate (gate.py) answers itself, with the headers of every page."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings

from lawblog.pagecache.responses import Headers
from lawblog.site.page_language import language_of
from lawblog.unavailable.answers import for_readers
from lawblog.unavailable.contact import last_known_contact

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def strict() -> Headers:
    """As Django and django-csp set them; the connection ends, as a body may be left."""
    seconds = settings.SECURE_HSTS_SECONDS
    hsts = [("Strict-Transport-Security", f"max-age={seconds}")] if seconds else []
    return [
        *hsts,
        (HEADER, build_policy()),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
        ("Connection", "close"),
    ]


def refuse(
    start_response: "StartResponse", status: str, sentence: str
) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), *strict()])
    return [f"{sentence}\n".encode()]


def busy(
    environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    """The page that readers see while the database is away, too."""
    kind = ("Content-Type", "text/html; charset=utf-8")
    start_response("503 Service Unavailable", [kind, ("Retry-After", "5"), *strict()])
    return [
        for_readers(language_of(environ["PATH_INFO"]), last_known_contact()).encode()
    ]
