"""The WSGI layer that answers with cached pages before Django runs.

A page that may be kept is rendered for a reader without properties: of the request,
Django sees only the path and the page number. So no header, cookie or host name can
change what others are shown.
"""

import io
import re
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.urls import Resolver404, resolve, reverse

from lawblog.site.page_language import language_of, use_language
from lawblog.site.tracking import without_tracking
from lawblog.unavailable import contact

from .rendered import Rendered
from .responses import Page, matches
from .snapshot import Snapshot, Snapshots, snapshots
from .worker_reports import Report

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PAGE_NUMBER = re.compile(r"page=[1-9][0-9]{0,4}")
HANDED_ON = ("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME")

# Path and query.
Key = tuple[str, str]


class PageStore:
    """A WSGI application in front of Django's. max_bytes: room for kept pages."""

    def __init__(
        self, application: "WSGIApplication", max_bytes: int, snapshots: Snapshots
    ) -> None:
        self.application, self.max_bytes = application, max_bytes
        self.snapshots, self.session = snapshots, settings.SESSION_COOKIE_NAME
        self.report = Report()
        # A page is rendered once at a time. Its lock is found by a hash, so that
        # made-up addresses cannot pile up locks.
        self.locks = [threading.Lock() for _ in range(256)]
        self.keeping = threading.Lock()
        site = urlsplit(settings.SITE_URL)
        self.host, self.scheme = site.netloc, site.scheme
        names = [name for name in settings.ALLOWED_HOSTS if not name.startswith(".")]
        ports = ["", f":{site.port}"] if site.port else [""]
        self.hosts = {f"{name}{port}" for name in names for port in ports}

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        try:
            page = self.find(environ)
        except DatabaseError:
            # While the database is away, Django says so.
            page = None
        if page is None:
            return self.application(environ, start_response)
        if isinstance(page, Rendered):
            return page.send(environ, start_response)
        response = page.response(environ.get("HTTP_ACCEPT_ENCODING", ""))
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and matches(response.tag, asked):
            start_response("304 Not Modified", response.unchanged)
            return [b""]
        start_response("200 OK", response.headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else response.body]

    def find(self, environ: "WSGIEnvironment") -> Page | Rendered | None:
        """The kept page, or one rendered now; None if the request is not for us."""
        query = environ.get("QUERY_STRING", "")
        query = query and without_tracking(query)
        if not self.is_plain(environ) or query and not PAGE_NUMBER.fullmatch(query):
            return None
        key = environ["PATH_INFO"], query
        snapshot = self.snapshots.current()
        page = snapshot.pages.get(key)
        # While the database is away nothing is rendered: it would be half a page.
        if page is None and self.snapshots.outage.since is None and is_keepable(*key):
            with self.locks[hash(key) % len(self.locks)]:
                return self.kept_meanwhile(key) or self.render(key, environ)
        if page is not None:
            self.used(snapshot, key)
        return page

    def is_plain(self, environ: "WSGIEnvironment") -> bool:
        """Whether it is a reader's request for a page, on the scheme that we serve."""
        get = environ.get
        return bool(
            environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and get("HTTP_HOST") in self.hosts
            and self.session not in get("HTTP_COOKIE", "")
            and "HTTP_AUTHORIZATION" not in environ
            and get("CONTENT_LENGTH", "") in ("", "0")
            and (self.scheme == "http" or is_secure(environ))
        )

    def kept_meanwhile(self, key: Key) -> Page | None:
        return self.snapshots.current().pages.get(key)

    def render(self, key: Key, environ: "WSGIEnvironment") -> Page | Rendered:
        """A Page, which is kept unless something changed meanwhile, or what must not be
        kept."""
        snapshot = self.snapshots.current()
        rendered = Rendered(self.application, self.neutral(key, environ))
        if not rendered.may_be_kept():
            return rendered
        page = Page(rendered.headers, rendered.body)
        contact.remember_contact()
        if snapshot is self.snapshots.current():
            self.keep(snapshot, key, page)
        return page

    def neutral(self, key: Key, environ: "WSGIEnvironment") -> "WSGIEnvironment":
        """The request with nothing in it but the key."""
        ours = {name: environ[name] for name in HANDED_ON if name in environ}
        ours |= {name: environ[name] for name in environ if name.startswith("wsgi.")}
        return {
            **ours,
            "REQUEST_METHOD": "GET",
            "PATH_INFO": key[0],
            "QUERY_STRING": key[1],
            "HTTP_HOST": self.host,
            "wsgi.url_scheme": self.scheme,
            "wsgi.input": io.BytesIO(),
        }

    def keep(self, snapshot: Snapshot, key: Key, page: Page) -> None:
        """The least recently used pages make room. A page that is too large for all of
        it is not kept."""
        if page.size > self.max_bytes:
            return
        with self.keeping:
            snapshot.pages[key] = page
            snapshot.size += page.size
            while snapshot.size > self.max_bytes:
                snapshot.size -= snapshot.pages.popitem(last=False)[1].size
        pages, size = len(snapshot.pages), snapshot.size
        self.report.write({"pages": pages, "size": size, "room": self.max_bytes})

    def used(self, snapshot: Snapshot, key: Key) -> None:
        try:  # noqa: SIM105 - suppress() takes longer than the whole look-up
            snapshot.pages.move_to_end(key)
        except KeyError:
            pass  # it made room for another page a moment ago


def with_kept_pages(application: "WSGIApplication") -> "WSGIApplication":
    """Django's application with this process's page store before it."""
    if not settings.PAGES_MB or settings.DEBUG:
        return application
    return PageStore(application, settings.PAGES_MB * 1024 * 1024, snapshots)


def is_keepable(path: str, query: str) -> bool:
    """Whether a public view answers at the path, and reads the query."""
    try:
        with use_language(language_of(path)):
            view = resolve(path).func
    except Resolver404:
        return False
    paginated = getattr(getattr(view, "view_class", None), "paginate_by", None)
    wanted = getattr(view, "kept", True) and not path.startswith(reverse("admin:index"))
    return wanted and bool(paginated or not query)


def is_secure(environ: "WSGIEnvironment") -> bool:
    """Django's request.is_secure(), of a WSGI request."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, https = settings.SECURE_PROXY_SSL_HEADER
        value: str | None = environ.get(name)
        if value is not None:
            return value.split(",")[0].strip() == https
    return bool(environ["wsgi.url_scheme"] == "https")
