"""The WSGI layer: kept pages are answered here, before Django runs.

What is rendered for keeping is rendered for a reader without properties: of the
request, Django sees the path and the page number. So no header, cookie or host name
can change what others are shown.
"""

import io
import re
import threading
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.urls import Resolver404, resolve, reverse

from lawblog.site.languages import language_of, use_language

from .memory import Report
from .responses import Page, matches

PAGE_NUMBER = re.compile(r"page=[1-9][0-9]{0,4}")
HANDED_ON = ("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME")


class PageStore:
    def __init__(self, application, max_bytes, clock):
        self.application, self.max_bytes = application, max_bytes
        self.clock, self.session = clock, settings.SESSION_COOKIE_NAME
        self.report = Report()
        # One render of a page at a time. A key's lock is found by its hash, so that
        # made-up addresses cannot pile locks up.
        self.locks = [threading.Lock() for _ in range(256)]
        self.keeping = threading.Lock()
        site = urlsplit(settings.SITE_URL)
        self.host, self.scheme = site.netloc, site.scheme
        names = [name for name in settings.ALLOWED_HOSTS if not name.startswith(".")]
        ports = ["", f":{site.port}"] if site.port else [""]
        self.hosts = {f"{name}{port}" for name in names for port in ports}

    def __call__(self, environ, start_response):
        try:
            page = self.find(environ)
        except DatabaseError:
            # Django's answer to a database that is away is the site's answer.
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

    def find(self, environ):
        """The kept Page, or one rendered now; None when the request is not for us."""
        query = environ.get("QUERY_STRING", "")
        if not self.is_plain(environ) or query and not PAGE_NUMBER.fullmatch(query):
            return None
        key = environ["PATH_INFO"], query
        snapshot = self.clock.now()
        page = snapshot.pages.get(key)
        if page is None and is_keepable(*key):
            with self.locks[hash(key) % len(self.locks)]:
                return self.kept_meanwhile(key) or self.render(key, environ)
        if page is not None:
            self.used(snapshot, key)
        return page

    def is_plain(self, environ):
        """A reader's request for a page of ours, on the scheme that we serve."""
        get = environ.get
        return (
            environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and get("HTTP_HOST") in self.hosts
            and self.session not in get("HTTP_COOKIE", "")
            and "HTTP_AUTHORIZATION" not in environ
            and get("CONTENT_LENGTH", "") in ("", "0")
            and (self.scheme == "http" or is_secure(environ))
        )

    def kept_meanwhile(self, key):
        return self.clock.now().pages.get(key)

    def render(self, key, environ):
        """A Page, kept unless something changed meanwhile; or a Rendered."""
        snapshot = self.clock.now()
        rendered = Rendered(self.application, self.neutral(key, environ))
        if not rendered.may_be_kept():
            return rendered
        page = Page(rendered.headers, rendered.body)
        if snapshot is self.clock.now():
            self.keep(snapshot, key, page)
        return page

    def neutral(self, key, environ):
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

    def keep(self, snapshot, key, page):
        """Least recently used pages make room; one larger than all room is not kept."""
        if page.size > self.max_bytes:
            return
        with self.keeping:
            snapshot.pages[key] = page
            snapshot.size += page.size
            while snapshot.size > self.max_bytes:
                snapshot.size -= snapshot.pages.popitem(last=False)[1].size
        self.report.write(len(snapshot.pages), snapshot.size, self.max_bytes)

    def used(self, snapshot, key):
        try:  # noqa: SIM105 - suppress() takes longer than all of the look-up
            snapshot.pages.move_to_end(key)
        except KeyError:
            pass  # it made room for another page a moment ago


class Rendered:
    """Django's whole answer to a request, before it is known whether it is kept."""

    def __init__(self, application, environ):
        body = application(environ, self.start)
        try:
            self.body, self.streaming = b"".join(body), getattr(body, "streaming", True)
        finally:
            body.close()

    def start(self, status, headers, exc_info=None):
        self.status, self.headers = status, headers

    def may_be_kept(self):
        named = {name.lower(): value for name, value in self.headers}
        return (
            self.status.startswith("200 ")
            and not self.streaming
            and "set-cookie" not in named
            and named.get("cache-control") == "no-cache"
        )

    def send(self, environ, start_response):
        start_response(self.status, self.headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else self.body]


def is_keepable(path, query):
    """Whether a view of ours answers there, and reads this query."""
    try:
        with use_language(language_of(path)):
            view = resolve(path).func
    except Resolver404:
        return False
    paginated = getattr(getattr(view, "view_class", None), "paginate_by", None)
    wanted = getattr(view, "kept", True) and not path.startswith(reverse("admin:index"))
    return wanted and bool(paginated or not query)


def is_secure(environ):
    """As request.is_secure() has it."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, https = settings.SECURE_PROXY_SSL_HEADER
        value = environ.get(name)
        if value is not None:
            return value.split(",")[0].strip() == https
    return environ["wsgi.url_scheme"] == "https"
