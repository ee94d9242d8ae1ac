"""Somebody who walks the desk, each request undone before the next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from walk_addresses import Address
from walk_forms import FORGED, PASSWORD, Form, bodies, forms_in, picture, to_send
from walk_state import differences, pictures, put_back, read_tables, served, statements

from lawblog.locking import stamp
from posts.models import Edition, Post


@dataclass(frozen=True)
class Outcome:
    """What a request did: `changes` as differences() has them, `pages` the public
    addresses that answer otherwise, `error` of a 500."""

    role: str
    address: Address
    what: str
    status: int
    changes: frozenset[str] = frozenset()
    pages: tuple[str, ...] = ()
    error: str = ""

    def __str__(self) -> str:
        did = self.error or f"{self.status} {', '.join(sorted(self.changes))}"
        seen = f"; readers see it at {', '.join(self.pages[:4])}" if self.pages else ""
        return f"{self.role}: {self.what} {self.address.path}: {did}{seen}"


@dataclass
class Walker:
    """`serves(role, address, changes)` says whether readers' pages are compared."""

    role: str
    user: User | None
    before: dict
    readers: dict[str, str]
    token: str
    compares_pages: Any
    kept: dict = field(default_factory=pictures)
    pages: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        if self.user:
            self.client.force_login(self.user)
        self.cookies = self.client.cookies.output(header="", sep=";")

    def ask(self, address: Address, what: str, data: dict | None = None) -> Outcome:
        """One request, and what it did; nothing of it stays."""
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies)
        with transaction.atomic(), statements() as written:
            send = self.client.get if data is None else self.client.post
            response = send(address.path, to_send(data) if data else {})
            outcome = self.outcome(address, what, response, written)
            transaction.set_rollback(True)
        return outcome

    def outcome(
        self, address: Address, what: str, response: HttpResponse, written: list[str]
    ) -> Outcome:
        status, html = response.status_code, response.get("Content-Type", "")
        if status >= 500:
            error = getattr(response, "exc_info", None)
            text = f"{status} {error[0].__name__}: {error[1]}" if error else str(status)
            return Outcome(self.role, address, what, status, error=text[:160])
        if what == "GET" and status == 200 and html.startswith("text/html"):
            self.pages[address.path] = response.content.decode()
        changes = differences(self.before, read_tables()) if written else set()
        changes |= put_back(self.kept)
        pages: tuple[str, ...] = ()
        if changes and self.compares_pages(self.role, address, changes):
            now = served(self.token)
            pages = tuple(a for a in now if now[a] != self.readers[a])
        return Outcome(self.role, address, what, status, frozenset(changes), pages)


def forms_of(pages: dict[str, str], found: list[Address]) -> list[tuple[Address, Form]]:
    """Every form of the pages, with the address that it is sent to, once each."""
    by_path, forms = {address.path: address for address in found}, {}
    for path, html in pages.items():
        for form in forms_in(html):
            target = urljoin(path, form.action).split("?")[0]
            if target in by_path:
                # The same but for its token: "Log out" stands on every page.
                words = str({**form.fields, "csrfmiddlewaretoken": ""})
                forms.setdefault((target, words), (by_path[target], form))
    return list(forms.values())


def forgeries(address: Address, form: Form, world: dict) -> Iterator[tuple[str, dict]]:
    yield from bodies(form)
    if not address.name.endswith("_changelist"):
        return
    own = list(map(str, world["rows"].get(address.name.removesuffix("_changelist"), [])))
    for action in filter(None, form.choices.get("action", [])):
        chosen = {"action": [action], "_selected_action": own, "index": ["0"]}
        confirmed = {"post": ["yes"], "confirmed": ["yes"], **VALUES}
        yield f"action {action}", {**form.fields, **chosen, **confirmed}


VALUES = {
    "topic": ["7001"],
    "author": ["7001"],
    "review_by": ["2027-01-01"],
}


def everything(address: Address) -> dict[str, list]:
    """Each button and field that the desk knows, in one body."""
    post = Post.objects.filter(pk=7001).first()
    return {
        "post": ["yes"],
        "_publish": [""],
        "_save": [""],
        "call_off": [""],
        "what": ["principal"],
        "reason": [FORGED],
        "note": [FORGED],
        "name": [FORGED],
        "days": ["7"],
        "into": ["7001"],
        "edition": [str(e.pk) for e in Edition.objects.live().filter(post=post)],
        "is_superuser": ["on"],
        "is_public": ["on"],
        "reviewed": ["on"],
        "password1": [PASSWORD],
        "password2": [PASSWORD],
        "usable_password": ["true"],
        "upload": [picture],
        "seen": [_stamp(address)],
        **VALUES,
    }


def _stamp(address: Address) -> str:
    """Of the row that the address names, where it has one."""
    from django.apps import apps

    try:
        app, model = resolve(address.path).url_name.split("_")[:2]
        return stamp(apps.get_model(app, model).objects.get(pk=int(address.row)))
    except Exception:
        return ""
