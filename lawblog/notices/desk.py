"""The desk's page of notices: everybody chooses their own, and can send a test mail."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lawblog.desk.pages import framed_page
from lawblog.people.accounts import user_of

from . import sending_thread
from .desk_notices import TEST
from .kinds import open_to
from .mail_state import is_mail_declined, mail_trouble
from .models import Choice, MailTrial, Notice
from .outbox import notify

# Seconds that the answer waits for the result of the test mail.
TEST_MAIL_SECONDS = 2
NOTICES_SHOWN = 10


class ChoiceForm(forms.Form):
    """A box for each kind that the person can be told of."""

    def __init__(self, data: Any, person: User) -> None:
        super().__init__(data, prefix="kind")
        self.person, self.kinds = person, open_to(person)
        for number, kind in enumerate(self.kinds):
            self.fields[str(number)] = forms.BooleanField(
                required=False,
                label=kind.label,
                initial=Choice.objects.wants(person, kind),
            )

    def save(self) -> None:
        for number, kind in enumerate(self.kinds):
            wanted = self.cleaned_data[str(number)]
            Choice.objects.update_or_create(
                person=self.person, kind=kind.name, defaults={"wanted": wanted}
            )


def page(request: HttpRequest) -> HttpResponse:
    person = user_of(request)
    form = ChoiceForm(request.POST or None, person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your choice is saved.")
        return redirect("notices")
    return framed_page(
        request,
        "admin/notices.html",
        title="Notices",
        form=form,
        is_on=settings.MAIL_IS_ON,
        trouble=mail_trouble(),
        declined=is_mail_declined(),
        recent=Notice.objects.filter(person=person).order_by("-pk")[:NOTICES_SHOWN],
    )


@require_POST
def send_test(request: HttpRequest) -> HttpResponse:
    person = user_of(request)
    if not settings.MAIL_IS_ON:
        messages.warning(request, "This site sends no mail: no mail server is named.")
    elif not person.email:
        messages.warning(
            request, "Your account has no mail address. Enter it under “Your account”."
        )
    else:
        notify(TEST, to=[person])
        _say_what_became_of_it(request, person)
    return redirect("notices")


def _say_what_became_of_it(request: HttpRequest, person: User) -> None:
    sending_thread.wait(TEST_MAIL_SECONDS)
    test = Notice.objects.filter(person=person, kind=TEST).latest("pk")
    if test.ended_at:
        messages.success(request, f"Sent to {person.email}. Check your e-mailbox.")
    elif test.trouble:
        messages.error(request, f"{test.trouble} It is tried again in five minutes.")
    else:
        messages.info(
            request, "The test is on its way. Open this page again in a minute."
        )


@require_POST
def decline(request: HttpRequest) -> HttpResponse:
    """Note that the firm does without mail, so that nobody is reminded again."""
    if not user_of(request).is_superuser:
        raise PermissionDenied
    values = {"declined_at": timezone.now() if "decline" in request.POST else None}
    MailTrial.objects.update_or_create(pk=1, defaults=values)
    return redirect("notices")
