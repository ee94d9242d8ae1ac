"""For the launch checklist: how the server is set up."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import Tags, run_checks
from django.urls import reverse

from lawblog.desk.launch import Item


def items() -> Iterator[Item]:
    place = f"{reverse('launch')}#address"
    if settings.HTTPS:
        yield Item(
            "address",
            f"Have the server of {settings.SITE_URL} set up safely",
            "Whoever looks after the server is told what is amiss, and puts it right.",
            place,
            is_done=not _faults(),
        )
    else:
        yield Item(
            "address",
            "Give the site its own address, with https",
            f"It is {settings.SITE_URL} now, which only this computer can open. "
            "Whoever looks after the server gives it another.",
            place,
            is_done=False,
        )


def _faults() -> bool:
    """Whether Django finds anything amiss in the settings of a public site."""
    tags = [Tags.security, Tags.async_support]
    found = run_checks(tags=tags, include_deployment_checks=True)
    return any(not message.is_silenced() for message in found)
