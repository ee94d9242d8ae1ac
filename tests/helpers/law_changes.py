"""A change of the law, and pages that rest on that law."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from helpers.clock import NOON
from helpers.noted import Noted
from posts.law import affected, notices
from posts.models import Edition, LawChange, LawNotice

ENGLISH = ["INA 287(g)", "8 U.S.C. § 1357(g)(1)", "section 287(g) of the Act", "287(g)"]
SPANISH = ["INA § 287(g)", "8 U.S.C. 1357(g)", "la sección 287(g)"]
Publish = Callable[..., Edition]


def resting(
    publish: Publish, english: list[str] = ENGLISH, spanish: list[str] = SPANISH
) -> list[Edition]:
    """Pages that rest on INA 287(g), named in these ways; the first Spanish one is the
    translation of the first. Two more do not."""
    made = [
        publish(f"Page {n}", body=f"<p>See {way}.</p>", law_as_of=date(2026, 1, n + 1))
        for n, way in enumerate(english)
    ]
    first = made[0].post
    for n, way in enumerate(spanish):
        words = {"language": "es", "law_as_of": date(2026, 2, n + 1)}
        original = first if n == 0 else None
        body = f"<p>Véase {way}.</p>"
        made.append(publish(f"Hoja {n}", body=body, translation_of=original, **words))
    publish("Other", body="<p>INA 287(a) and 8 USC 1357.</p>")
    return made


@pytest.fixture
def law_pages(
    clock: Any, publish: Publish, attorney: User, noted: Noted
) -> list[Edition]:
    """Two in English, one in Spanish."""

    def write() -> list[int]:
        with time_machine.travel(NOON, tick=False):
            made = resting(publish, ENGLISH[:2], SPANISH[:1])
        return [edition.pk for edition in made]

    made = noted.again("law pages", write, numbered=True)
    return list(Edition.objects.filter(pk__in=made).order_by("pk"))


def change(key: str = "usc.8.1357.g", **fields: Any) -> LawChange:
    fields = {
        "key": key,
        "day": date(2026, 11, 20),
        "sentence": "Agreements with local police are broader.",
        "in_other_languages": {"es": {"sentence": "Los acuerdos son más amplios."}},
        "source": "https://www.federalregister.gov/citation/91-FR-1",
        **fields,
    }
    return LawChange.objects.create(**fields)


def approve(change: LawChange, by: User) -> LawNotice:
    draft = notices.draft_of(change)
    return notices.approve(change, by=by, version_token=draft.version_token)


def press(client: Client, edition: Edition, **more: Any) -> HttpResponse:
    """“I have reviewed it”, pressed for a page."""
    address = f"/admin/posts/post/{edition.post_id}/reviewed/"
    known = {"edition": edition.pk, "law_notice": affected.newest_notice_id()}
    return client.post(address, {**known, **more})
