"""Each page asked for once by a process: rules of what every answer carries read these
answers, and none of them asks again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from helpers.clock import NOON
from helpers.desk_pages import DESK, ENTRANCE, FORMS, POST
from helpers.observatory import by_https
from helpers.pages import PUBLIC

# What programs read, and what the pages of helpers/pages.py are not.
MACHINES = """
    /about/ /disclaimer/ /privacy/ /notario-fraud/ /%00
    /offices/fort-lee.4.vcf /offices/fort-lee.vcf /offices/fort-lee.ics
    /offices/fort-lee.svg /feed/ /feed/rss/ /feed/asylum/ /feed/asylum/rss/
    /feed/json/ /feed/asylum/json/ /attorneys/an-attorney/feed/
    /attorneys/an-attorney/feed/rss/ /attorneys/an-attorney/feed/json/
    /sitemap.xml /sitemap-pages-1.xml /llms.txt /robots.txt /healthz
    /.well-known/security.txt /card.png /posts/a-title/card.png /favicon.ico
    /apple-touch-icon.png
""".split()
# Pages of the desk that nobody looks at.
ASIDE = [f"{POST}preview/", "/admin/offices/office/add/", "/admin/nothing/"]
# The last leaves a sentence, which the next page would show.
ASIDE += ["/admin/offices/attorney/add/", "/admin/upload/"]
Answers = dict[str, HttpResponse]


@dataclass(frozen=True)
class Asked:
    """{address as in the lists, with its braces: what was answered over https}."""

    # To a stranger, to an attorney, and at the desk to an attorney.
    public: Answers
    signed_in: Answers
    entrance: Answers
    desk: Answers


@pytest.fixture(scope="session")
def already_asked() -> list[Asked]:
    """The one, when it was asked."""
    return []


@pytest.fixture
def asked(
    db: None, already_asked: list[Asked], request: pytest.FixtureRequest
) -> Asked:
    if not already_asked:
        already_asked.append(_ask(request.getfixturevalue))
    return already_asked[0]


def _ask(fixture: Callable[[str], Any]) -> Asked:
    settings, attorney = fixture("settings"), fixture("attorney")
    # Pictures are numbered in another space than articles.
    names = {**fixture("ids"), **fixture("whole_site")}
    stranger, signed_in = by_https(settings), by_https(settings)

    def to(client: Client, addresses: list[str]) -> Answers:
        return {a: client.get(a.format(**names), secure=True) for a in addresses}

    public = list(dict.fromkeys([*PUBLIC, *MACHINES]))
    desk = [*DESK, *FORMS, *ASIDE]
    with time_machine.travel(NOON, tick=False):
        signed_in.force_login(attorney)
        return Asked(
            to(stranger, public),
            to(signed_in, public),
            to(stranger, ENTRANCE),
            to(signed_in, desk),
        )
