"""For the launch checklist: mail works, or the firm does without it on purpose."""

from collections.abc import Iterator

from django.urls import reverse

from lawblog.desk.launch import Item

from .mail_state import is_mail_settled


def items() -> Iterator[Item]:
    yield Item(
        "mail",
        "Send yourself a test notice, or go without mail",
        "Notices tell you what waits for you. Without mail, only the desk does.",
        reverse("notices"),
        is_done=is_mail_settled(),
    )
