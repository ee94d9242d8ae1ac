"""Mail servers on this machine that work, refuse, hang and cut off; and a desk that
sends mail."""

import asyncio
import re
import socket
import threading
from contextlib import contextmanager, suppress

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth.models import User
from django.core import mail

from helpers.served import free_port
from lawblog.notices import kinds
from lawblog.notices.desk_notices import SIGN_IN
from lawblog.notices.kinds import Kind, Letter
from lawblog.notices.models import Notice
from lawblog.notices.sending import send_due


class Mailbox:
    """Takes every mail. `answers`: what it says to a command instead; `pause`: seconds
    that it looks through a mail; `ends_after_one`: it takes one on a line."""

    def __init__(self, **answers):
        self.answers, self.mails = answers, []

    async def handle_MAIL(self, server, session, envelope, address, options):
        if "ends_after_one" in self.answers and getattr(session, "had_one", False):
            return "421 One is enough"
        envelope.mail_from, session.had_one = address, True
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return self.answers.get("rcpt", "250 OK")

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.answers.get("pause", 0))
        if "data" not in self.answers:
            self.mails.append(envelope)
        return self.answers.get("data", "250 OK")


@pytest.fixture
def mail_server(settings):
    """mail_server(rcpt="550 No") → a Mailbox, where the site's mail goes then."""
    running = []

    def start(**answers):
        controller = Controller(Mailbox(**answers), "127.0.0.1", port=free_port())
        controller.start()
        running.append(controller)
        send_by(settings, controller.port)
        return controller.handler

    yield start
    for controller in running:
        controller.stop()


def send_by(settings, port):
    settings.MAIL_IS_ON = True
    settings.EMAIL_BACKEND = "lawblog.notices.email_backend.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "desk@example.com"
    settings.EMAIL_TIMEOUT = 10


@contextmanager
def bad_server(behave):
    """The port of a server that does behave(connection) with each line. `tried` counts
    the lines."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        tried = []

        def serve():
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                tried.append(line)
                with suppress(OSError, ValueError):  # whoever asked hung up
                    behave(line)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], tried
        for line in tried:
            line.close()


@pytest.fixture
def mail_on(settings):
    """Mail goes into django.core.mail.outbox."""
    settings.MAIL_IS_ON = True
    settings.EMAIL_HOST = "mail.example.com"
    settings.DEFAULT_FROM_EMAIL = "desk@example.com"


@pytest.fixture
def told(attorney, staff, mail_on):
    """told() → [(to, subject, the first link)] of the mails since the last call; those
    about sign-ins, which the tests' own clients cause, with told(sign_ins=True)."""
    User.objects.update(email="")
    for person in (attorney, staff):
        person.email = f"{person.username}@example.com"
        person.save()

    def read(sign_ins=False):
        if not sign_ins:
            Notice.objects.filter(kind=SIGN_IN).delete()
        send_due()
        mails = [
            (
                message.to[0],
                message.subject.partition(" (")[0],
                first_link(message.body),
            )
            for message in mail.outbox
        ]
        mail.outbox.clear()
        return mails

    return read


def first_link(text):
    return re.search(r"http://127.0.0.1:8000(/\S+)", text)[1]


@pytest.fixture
def kind(monkeypatch):
    """A kind of notice that says what it is about; others(**fields) changes it."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))

    def make(
        write=lambda person, about: Letter("News", f"About {about}.", "/admin/"), **f
    ):
        return kinds.register_kind(Kind("news", "News", write, **f))

    make()
    return make


@pytest.fixture
def people(db, kind):
    """Two at the desk."""
    make = User.objects.create_user
    return [make(n, email=f"{n}@example.com", is_staff=True) for n in ("ann", "bea")]
