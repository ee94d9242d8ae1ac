"""What people of the desk are told of by mail is their choice, and can be tried."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from helpers.desk import page
from helpers.mail import send_by

from lawblog.notices.desk_notices import TEST
from lawblog.notices.models import Choice, MailTrial, Notice
from lawblog.notices.sending import send_due


@pytest.mark.slow
def test_each_person_chooses_among_what_they_may_know(told, client, staff, attorney):
    client.force_login(staff)
    text = page(client, "/admin/notices/")
    assert "returned to me" in text and "waits for my approval" not in text
    client.post("/admin/notices/", {"kind-0": "on", "kind-1": "on"})
    client.force_login(attorney)
    text = page(client, "/admin/notices/")
    assert "waits for my approval" in text and "A backup" not in text
    assert set(Choice.objects.values_list("person", flat=True)) == {staff.pk}
    wanted = Choice.objects.filter(wanted=True)
    assert wanted.count() == 2 and Choice.objects.count() > 2


@pytest.mark.slow
def test_a_test_is_sent_and_what_became_of_it_is_said(
    told, staff_client, settings, monkeypatch, mail_server
):
    monkeypatch.setattr(
        "lawblog.notices.sending_thread.wait", lambda seconds: send_due()
    )
    box = mail_server()
    told()
    answer = staff_client.post("/admin/notices/test/", follow=True)
    assert "Sent to sam@example.com." in answer.content.decode() and len(box.mails) == 1
    send_by(settings, 1)
    answer = staff_client.post("/admin/notices/test/", follow=True).content.decode()
    assert "The mail server cannot be reached. It is tried again" in answer
    assert "1 notice could not be sent yet." in page(staff_client, "/admin/")


@pytest.mark.slow
def test_without_a_server_or_an_address_the_desk_says_so(
    staff, staff_client, settings, mail_on
):
    assert "no mail address" in page(staff_client, "/admin/notices/")
    answer = staff_client.post("/admin/notices/test/", follow=True)
    assert "no mail address" in answer.content.decode() and not mail.outbox
    settings.MAIL_IS_ON = False
    assert "sends no mail" in page(staff_client, "/admin/notices/")
    answer = staff_client.post("/admin/notices/test/", follow=True)
    assert "This site sends no mail" in answer.content.decode()
    assert not Notice.objects.exists()


@pytest.mark.slow
def test_the_owner_alone_says_that_the_firm_goes_without_mail(client, set_up, staff):
    client.force_login(staff)
    assert client.post("/admin/notices/without/", {"decline": 1}).status_code == 403
    assert "go without mail" not in page(client, "/admin/notices/")
    client.force_login(User.objects.get(is_superuser=True))
    assert "go without mail" in page(client, "/admin/notices/")
    client.post("/admin/notices/without/", {"decline": 1})
    assert MailTrial.objects.exclude(declined_at=None).exists()
    client.post("/admin/notices/without/", {"undo": 1})
    assert not MailTrial.objects.exclude(declined_at=None).exists()


def test_nobody_writes_to_another_by_the_test(told, client, attorney, staff_client):
    staff_client.post(
        "/admin/notices/test/", {"to": attorney.pk, "person": attorney.pk}
    )
    assert [head[0] for head in told()] == ["sam@example.com"]
    client.logout()
    assert client.post("/admin/notices/test/").status_code == 302
    assert Notice.objects.filter(kind=TEST).count() == 1
