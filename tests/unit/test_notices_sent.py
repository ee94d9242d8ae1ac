"""Whatever a mail server does, nobody waits and nothing is lost."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import transaction
from helpers.mail import bad_server, free_port, send_by

from lawblog.notices import sending, sending_thread
from lawblog.notices.kinds import Letter
from lawblog.notices.mail_state import mail_trouble
from lawblog.notices.models import Notice
from lawblog.notices.outbox import notify
from lawblog.notices.sending import send_due


def addressed():
    return [message.to[0] for message in mail.outbox]


def test_a_server_that_is_away_costs_one_try_and_loses_nothing(
    people, settings, mail_server, clock
):
    send_by(settings, free_port())
    notify("news")
    result = send_due()
    assert (result.sent, result.failed) == (0, 1)
    assert mail_trouble() == (
        "1 notice could not be sent yet. The mail server cannot be reached."
    )
    box = mail_server()
    clock.shift(timedelta(minutes=5))
    assert send_due().sent == 2 and len(box.mails) == 2 and mail_trouble() == ""


@pytest.mark.parametrize(
    "behave, sentence",
    [
        (lambda line: line.close(), sending.UNANSWERED),
        (lambda line: line.sendall(b"220 x\r\n") or line.close(), None),
        (
            lambda line: line.sendall(b"421 busy\r\n"),
            "The mail server takes no mail now.",
        ),
        (lambda line: line.sendall(b"what?\r\n"), None),
        (lambda line: None, sending.UNANSWERED),
    ],
    ids=["closes", "cuts off", "is busy", "talks nonsense", "hangs"],
)
def test_a_server_that_does_not_do_its_work_is_tried_once(
    people, settings, behave, sentence
):
    with bad_server(behave) as (port, tried):
        send_by(settings, port)
        settings.EMAIL_TIMEOUT = 0.2
        notify("news")
        assert send_due().failed == 1 and len(tried) == 1
    failed = Notice.objects.exclude(trouble="").get()
    assert sentence in (None, failed.trouble)
    assert Notice.objects.waiting().count() == 2


def test_a_server_that_drips_does_not_hold_us(people, settings, monkeypatch):
    monkeypatch.setattr(sending, "CONNECT_SECONDS", 0.3)
    end = threading.Event()

    def drip(line):
        # Each byte comes well within EMAIL_TIMEOUT.
        while not end.wait(0.05):
            line.sendall(b"2")

    with bad_server(drip) as (port, _):
        send_by(settings, port)
        notify("news", to=people[:1])
        assert send_due().failed == 1
        end.set()
    assert Notice.objects.get().trouble == sending.UNANSWERED


def test_a_server_that_looks_long_through_a_mail_gets_it_once(
    people, settings, mail_server, clock
):
    box = mail_server(pause=0.5)
    settings.EMAIL_TIMEOUT = 0.2
    notify("news", to=people[:1])
    assert send_due().sent == 1
    clock.shift(timedelta(minutes=5))
    assert send_due().sent == 0 and len(box.mails) == 1


def test_what_was_given_up_does_not_go_out_after_all(people, settings, monkeypatch):
    monkeypatch.setattr(sending, "DELIVER_SECONDS", 0.3)
    late, heard = threading.Event(), []

    def talk(line):
        line.sendall(b"220 x\r\n")
        for command in line.makefile("rb"):
            heard.append(command[:4])
            if command.startswith(b"mail"):
                late.wait(10)
            line.sendall(b"250 x\r\n")

    with bad_server(talk) as (port, _):
        send_by(settings, port)
        notify("news", to=people[:1])
        assert send_due().failed == 1
        late.set()
        for thread in [t for t in threading.enumerate() if t.name == "within"]:
            thread.join(10)
    assert heard[-1].lower() == b"mail"


def test_a_server_that_takes_one_mail_on_a_line_gets_all_at_once(people, mail_server):
    box = mail_server(ends_after_one=True)
    notify("news")
    assert send_due().sent == 2 and len(box.mails) == 2


@pytest.mark.parametrize("refused, tried", [("451 Later", 2), ("421 Too many", 1)])
def test_who_says_later_is_not_said_to_refuse_the_address(
    people, mail_server, refused, tried
):
    mail_server(rcpt=refused)
    notify("news")
    assert send_due().failed == tried
    told = set(Notice.objects.exclude(trouble="").values_list("trouble", flat=True))
    assert told == {f"The mail server does not take it yet ({refused[:3]})."}


def test_an_address_that_is_refused_stops_no_other(people, mail_server, kind):
    mail_server(rcpt="550 No such person")
    notify("news")
    assert send_due().failed == 2
    told = set(Notice.objects.values_list("trouble", flat=True))
    assert told == {"The mail server does not accept the person's mail address."}


def test_a_mail_that_is_refused_is_tried_again(people, mail_server, clock):
    mail_server(data="554 Spam")
    notify("news", to=people[:1])
    assert send_due().failed == 1
    assert Notice.objects.get().trouble == "The mail server refused it (554)."
    box = mail_server()
    clock.shift(timedelta(minutes=5))
    assert send_due().sent == 1 and len(box.mails) == 1


def test_a_notice_that_cannot_be_written_stops_no_other(people, mail_on, kind):
    notify("news", to=people)

    def write(person, about):
        if person.username == "ann":
            raise ValueError("ann@example.com")
        return Letter("News", "News.", "/")

    kind(write=write)
    result = send_due()
    assert (result.sent, result.failed) == (1, 1)


def test_a_person_who_goes_while_the_mail_is_sent_stops_no_other(people, mail_on, kind):
    notify("news", to=people)

    def write(person, about):
        if person.username == "ann":
            Notice.objects.filter(person=person).delete()
        return Letter("News", "News.", "/")

    kind(write=write)
    send_due()
    assert len(addressed()) == 2
    assert set(Notice.objects.values_list("outcome", flat=True)) == {"sent"}


@pytest.mark.slow
def test_pauses_grow_and_after_three_days_it_is_given_up(people, settings, clock):
    send_by(settings, free_port())
    notify("news", to=people[:1])
    tries = []
    for minute in range(0, 4 * 24 * 60, 5):
        if send_due().failed:
            tries.append(minute)
        clock.shift(timedelta(minutes=5))
    assert tries[:5] == [0, 5, 20, 65, 125] and tries[-1] == tries[-2] + 60
    assert 3 * 24 * 60 <= tries[-1] < 3 * 24 * 60 + 60
    assert Notice.objects.get().outcome == "given up"
    assert mail_trouble().startswith(
        "1 notice could not be sent in three days. The mail"
    )


def test_who_dies_while_sending_has_lost_nothing(people, mail_on, clock):
    notify("news", to=people[:1])
    notice = Notice.objects.get()
    assert notice.take(notice.created_at)
    assert send_due().sent == 0
    clock.shift(timedelta(minutes=5))
    assert send_due().sent == 1


def test_two_that_send_at_once_send_once(people, mail_on):
    notify("news", to=people[:1])
    one, two = Notice.objects.get(), Notice.objects.get()
    assert one.take(one.created_at) and not two.take(two.created_at)


@pytest.mark.django_db(transaction=True)
def test_what_was_written_is_sent_after_the_commit_without_housekeeping(
    mail_on, monkeypatch, kind
):
    monkeypatch.setattr(sending_thread, "_sender", sending_thread.Sender())
    sending_thread.switch_on()
    ann = User.objects.create_user("ann", email="ann@example.com", is_staff=True)
    with transaction.atomic():
        notify("news", to=[ann])
        assert not mail.outbox
    assert sending_thread.wait(30)
    assert addressed() == ["ann@example.com"]


def test_commands_leave_sending_to_housekeeping(people, mail_on, monkeypatch):
    quiet = sending_thread.Sender()
    monkeypatch.setattr(sending_thread, "_sender", quiet)
    sending_thread.nudge()
    assert quiet.thread is None and sending_thread.wait(0)
