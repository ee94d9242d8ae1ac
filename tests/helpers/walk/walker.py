"""Somebody who walks the desk, each request undone before the next."""

import re
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from copy import copy, deepcopy
from dataclasses import dataclass, field
from unittest.mock import patch
from urllib.parse import urljoin

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.utils.safestring import mark_safe

from helpers.signing_in import shown, signed_in
from helpers.walk.addresses import Address
from helpers.walk.forms import Form, bodies, forms_in, to_send
from helpers.walk.state import (
    Pictures,
    Rows,
    differences,
    read_tables,
    served,
    statements,
)
from lawblog.people.adapters import Backend
from lawblog.people.session_engine import SessionStore


@dataclass(frozen=True)
class Outcome:
    """What a request did: `changes` as differences() has them, `pages` the public
    addresses that answer otherwise, `error` of a 500, `began` its first statement that
    waits for others, "" if it only read."""

    role: str
    address: Address
    what: str
    status: int
    changes: frozenset[str] = frozenset()
    pages: tuple[str, ...] = ()
    error: str = ""
    began: str = ""

    def __str__(self) -> str:
        did = self.error or ", ".join(sorted(self.changes)) or str(self.status)
        seen = f"; readers see it at {', '.join(self.pages[:4])}" if self.pages else ""
        method = "GET" if self.what == "GET" else f"POST ({self.what})"
        return f"{self.role}: {method} {self.address.path}: {did}{seen}"


# On SQLite each waits for the one lock for writing.
WRITING = ("SAVEPOINT", "INSERT", "UPDATE", "DELETE")


@dataclass
class Walker:
    """Asks as `user` (None: signed out). `may(address, changes)` says whether
    the changes may be seen by readers; what may not is looked for on their pages."""

    role: str
    user: User | None
    readers: dict[str, str]
    may: Callable[[Address, set[str]], bool]
    before: Rows = field(default_factory=dict)
    reads: dict[str, set[str]] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    pictures: Pictures = field(default_factory=Pictures)
    pages: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        if self.user:
            signed_in(self.user, self.client)
            # However long the walk takes, it is not asked again.
            shown(self.client, self.user, "mfa", type="totp", at=time.time() + 10**6)
        self.cookies = self.client.cookies.output(header="", sep=";")

    def ask(
        self, address: Address, what: str = "GET", data: dict | None = None
    ) -> Outcome:
        """One request, and what it did; nothing of it stays."""
        self.asked += 1
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies)
        send = self.client.get if data is None else self.client.post
        with transaction.atomic(), statements() as written:
            with self._templates(what):
                response = send(address.path, to_send(data or {}))
            outcome = self._outcome(address, what, response, written)
            transaction.set_rollback(True)
        return outcome

    def _templates(self, what: str) -> AbstractContextManager:
        """The owner sees what everybody sees, and most of the time would go into
        writing it again: of the attorney's pages, and of what staff are told after a
        press, nothing is written out (tests/site/test_every_page.py has them)."""
        if self.role == "attorney" or (self.role == "staff" and what != "GET"):
            return patch.object(Template, "render", lambda *args, **kw: mark_safe(""))
        return nullcontext()

    def _outcome(
        self, address: Address, what: str, response: HttpResponse, written: list[str]
    ) -> Outcome:
        status = response.status_code
        if status >= 500:
            kind, error, _ = response.exc_info or (None, "", None)
            text = f"{status} {kind and kind.__name__}: {error}"[:160]
            return Outcome(self.role, address, what, status, error=text)
        if what == "GET" and status == 200 and not response.streaming:
            self.pages[address.path] = response.content.decode()
        changes = differences(self.before, read_tables(written))
        changes |= self.pictures.put_back()
        pages: tuple[str, ...] = ()
        if changes and not self.may(address, changes):
            pages = self._seen_by_readers(changes)
        began = next((s for s in written if s.startswith(WRITING)), "")
        changed = frozenset(changes)
        return Outcome(self.role, address, what, status, changed, pages, began=began)

    def _seen_by_readers(self, changes: set[str]) -> tuple[str, ...]:
        """Pages that answer otherwise, of those that ask for what was changed. What
        none showed is not looked for again, whoever changes it and wherever: the words
        of a forged form are the same each time. A row that is new has another number
        each time."""
        told = {re.sub(r"\d+ \+$", "+", change) for change in changes}
        tables = {change.partition(" ")[0] for change in told - self.unseen}
        # A file stands in no table.
        is_file = "pictures" in tables
        now = served([a for a in self.readers if is_file or self.reads[a] & tables])
        found = tuple(a for a in now if now[a] != self.readers[a])
        if not found:
            self.unseen |= told
        return found


def remember_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request finds the same rows: what is in a session, whose it is and what
    they may do is looked up once, and each request has a copy of its own."""
    sessions: dict[str, dict] = {}
    people: dict[int, User] = {}
    load, get_user = SessionStore.load, Backend.get_user

    def loaded(store: SessionStore) -> dict:
        key = store.session_key
        if key not in sessions:
            sessions[key] = load(store)
        return deepcopy(sessions[key])

    def known(backend: Backend, number: int) -> User:
        if number not in people:
            people[number] = get_user(backend, number)
            people[number].get_all_permissions()
        return copy(people[number])

    monkeypatch.setattr(SessionStore, "load", loaded)
    monkeypatch.setattr(Backend, "get_user", known)


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


def one_of_each(
    forms: list[tuple[Address, Form]], but: Collection[str]
) -> list[tuple[Address, Form]]:
    """The first of those that differ in nothing but numbers in their address, and all
    at the addresses named in `but`."""
    kinds: dict = {}
    for address, form in forms:
        kind = re.sub(r"\d+", "", address.path), *sorted(form.kinds), *form.buttons
        kinds.setdefault(address if address.name in but else kind, (address, form))
    return list(kinds.values())


def forgeries(address: Address, form: Form, world: dict) -> Iterator[tuple[str, dict]]:
    """(what, body) of what somebody may make of a form, actions of lists included."""
    yield from bodies(form)
    own = world["rows"].get(address.name.removesuffix("_changelist"), [])
    for action in filter(None, form.choices.get("action", [])):
        body = {**form.fields, **CONFIRMED, "action": [action]}
        yield f"action {action}", {**body, "_selected_action": list(map(str, own[:1]))}


# What the pages that actions lead to are answered with.
CONFIRMED = {
    "post": ["yes"],
    "confirmed": ["yes"],
    "index": ["0"],
    "topic": ["7001"],
    "author": ["7001"],
    "review_by": ["2027-01-01"],
}
