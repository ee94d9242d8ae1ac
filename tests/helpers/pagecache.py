"""The page store in front of Django, asked as a server would ask it."""

import io

import pytest
import time_machine
from django.core.wsgi import get_wsgi_application

from helpers.clock import NOON
from lawblog.pagecache import snapshot
from lawblog.pagecache.store import PageStore
from offices.models import Firm

ARTICLE = "/posts/a-title/"


class Counted:
    """An application that counts its calls and remembers what it was asked."""

    def __init__(self, application):
        self.application, self.asked = application, []

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        return self.application(environ, start_response)


@pytest.fixture
def site(set_up, publish, monkeypatch):
    """site(path, method, **headers) → status, headers, body; site.renders: how many."""
    # However slow this machine is, the change flag alone tells, unless a test says so.
    monkeypatch.setattr(snapshot, "LOOK_EVERY_SECONDS", 3600)
    django = Counted(get_wsgi_application())
    store = PageStore(django, max_bytes=200_000, snapshots=snapshot.Snapshots())

    def ask(address=ARTICLE, method="GET", **headers):
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            **headers,
        }
        told = []
        body = store(environ, lambda status, headers: told.extend((status, headers)))
        return int(told[0][:3]), dict(told[1]), b"".join(body)

    ask.store, ask.asked = store, django.asked
    ask.kept = lambda: set(store.snapshots.snapshot.pages)
    with time_machine.travel(NOON, tick=False) as clock:
        publish()
        ask.clock = clock
        yield ask


def save_firm():
    firm = Firm.objects.get()
    firm.name = "Changed"
    firm.save()
