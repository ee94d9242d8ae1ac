"""Who is told of what, and that a mail holds a sentence and a link."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import transaction

from lawblog.notices.kinds import Letter
from lawblog.notices.mail_state import is_mail_settled
from lawblog.notices.models import Choice, MailTrial, Notice
from lawblog.notices.outbox import notify
from lawblog.notices.sending import send_due
from lawblog.records.acting import acting_as


def addressed():
    return [message.to[0] for message in mail.outbox]


def test_a_notice_is_written_with_the_event_and_goes_with_it(people, mail_on):
    with transaction.atomic():
        assert notify("news", about="a") == 2
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_it_is_sent_once_to_each(people, mail_on, clock):
    notify("news", about="a")
    assert send_due().sent == 2 and send_due().sent == 0
    assert addressed() == ["ann@example.com", "bea@example.com"]
    assert set(Notice.objects.values_list("outcome", flat=True)) == {"sent"}


def test_nothing_is_written_without_a_mail_server(people, settings):
    settings.MAIL_IS_ON = False
    assert notify("news") == 0 and not Notice.objects.exists()


def test_a_kind_that_nobody_registered_is_refused(people):
    with pytest.raises(LookupError):
        notify("no such kind")


def test_who_does_it_is_not_told_but_who_is_named_is(people, mail_on):
    ann, bea = people
    with acting_as(lambda: ann):
        assert notify("news") == 1 and Notice.objects.get().person == bea
        assert notify("news", to=[ann]) == 1


@pytest.mark.parametrize(
    "fields", [{"is_active": False}, {"is_staff": False}, {"email": ""}], ids=str
)
def test_only_people_of_the_desk_with_an_address_are_told(people, mail_on, fields):
    User.objects.filter(username="ann").update(**fields)
    assert notify("news", to=User.objects.all()) == 1


def test_who_is_closed_meanwhile_is_not_told(people, mail_on):
    notify("news")
    User.objects.filter(username="ann").update(is_active=False)
    send_due()
    assert addressed() == ["bea@example.com"]
    assert Notice.objects.filter(outcome="dropped").count() == 1


def test_what_is_no_longer_true_is_not_sent(people, mail_on, kind):
    notify("news")
    kind(write=lambda person, about: None)
    assert not send_due().sent and not mail.outbox
    assert not Notice.objects.waiting().exists()


def test_each_chooses_and_links_that_were_asked_for_come_all_the_same(
    people, mail_on, kind
):
    ann, bea = people
    Choice.objects.create(person=ann, kind="news", wanted=False)
    assert notify("news") == 1
    kind(wanted=False)
    Choice.objects.filter(person=ann).update(wanted=True)
    assert notify("news") == 1
    kind(is_chosen=False)
    assert notify("news") == 2


def test_nobody_is_told_twice_within_a_time(people, mail_on, clock):
    day = timedelta(days=1)
    assert notify("news", about="a", once_in=day) == 2
    assert notify("news", about="a", once_in=day) == 0
    assert notify("news", about="b", once_in=day) == 2
    clock.shift(day + timedelta(seconds=1))
    assert notify("news", about="a", once_in=day) == 2


def test_a_mail_is_plain_text_with_a_link_and_the_way_to_choose(people, mail_on):
    notify("news", about="a", to=people[:1])
    send_due()
    (message,) = mail.outbox
    assert message.from_email == "desk@example.com"
    assert message.subject == "News (127.0.0.1)"
    assert message.body.startswith("About a.\n\nhttp://127.0.0.1:8000/admin/\n")
    assert message.body.endswith("\nhttp://127.0.0.1:8000/admin/notices/\n")
    headers = message.message()
    assert headers.get_content_type() == "text/plain"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"].endswith("@127.0.0.1>")


HOSTILE = "Ann\r\nBcc: eve@example.com\r\n\r\n\u202eevil\u2028\x00" + "x" * 500


def test_no_name_can_add_a_line_to_the_head_of_a_mail(people, mail_server, kind):
    box = mail_server()
    ann = people[0]
    kind(write=lambda person, about: Letter(HOSTILE, HOSTILE, "/admin/"))
    User.objects.filter(pk=ann.pk).update(first_name=HOSTILE.replace("\x00", "")[:150])
    notify("news", to=[User.objects.get(pk=ann.pk)])
    assert send_due().sent == 1
    (envelope,) = box.mails
    assert envelope.rcpt_tos == ["ann@example.com"]
    head = envelope.content.partition(b"\r\n\r\n")[0]
    assert b"\nBcc" not in head and head.count(b"Subject") == 1


@pytest.mark.parametrize("address", ["ann@x\nBcc: e@x.com", "a@b, c@d.com", "ann"])
def test_an_address_that_is_none_gets_nothing(people, mail_server, address):
    box = mail_server()
    User.objects.filter(username="ann").update(email=address)
    notify("news")
    result = send_due()
    assert (result.sent, result.failed) == (1, 1)
    assert [mail.rcpt_tos for mail in box.mails] == [["bea@example.com"]]


def test_the_launch_asks_whether_mail_was_seen_to_go(people, mail_on, settings):
    assert not is_mail_settled()
    notify("news")
    send_due()
    assert is_mail_settled()
    settings.EMAIL_HOST = "other.example.com"
    assert not is_mail_settled()
    settings.MAIL_IS_ON = False
    assert not is_mail_settled()
    MailTrial.objects.update(declined_at=Notice.objects.first().created_at)
    assert is_mail_settled()
