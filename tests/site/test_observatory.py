"""What Mozilla's HTTP Observatory would say of each page (helpers/observatory.py)."""

import re

import pytest
from django.http import HttpResponse
from helpers.desk_pages import DESK, ENTRANCE, FORMS
from helpers.observatory import by_https, points, score
from helpers.pages import PUBLIC

from offices.models import Attorney, Firm, Office, Page
from posts.models import Post, Term

pytestmark = pytest.mark.slow
MACHINES = ["/feed/", "/feed/json/", "/sitemap.xml", "/llms.txt", "/robots.txt"]
MACHINES += ["/offices/fort-lee.vcf", "/offices/fort-lee.ics"]


@pytest.fixture
def scored(whole_site, attorney, settings):
    """scored(addresses, person) → {address: score}."""
    rows = [m.objects.first() for m in (Post, Attorney, Firm, Office, Page, Term)]
    ids = whole_site | {row._meta.model_name: row.pk for row in rows}

    def ask(addresses, person=None):
        found = {}
        for address in addresses:
            client = by_https(settings)
            if person:
                client.force_login(person)
            # Of each kind of page there are others without such a row.
            if {*re.findall(r"{(\w+)}", address)} <= ids.keys():
                answer = client.get(address.format(**ids), secure=True)
                assert answer.status_code < 500
                found[address] = score(answer)
        return found

    return ask


def test_public_pages_have_a_hundred_and_fifty_points(scored):
    found = scored([*PUBLIC, *MACHINES])
    assert {a: n for a, n in found.items() if n < 150} == {}


def test_pictures_that_others_may_show_have_ten_less(scored):
    assert set(scored(["/card.png", "/favicon.ico"]).values()) == {140}


def test_the_desk_has_a_hundred_and_thirty_five_points_and_more(scored, attorney):
    found = scored(ENTRANCE) | scored(DESK, attorney)
    print(sorted(set(found.values())))
    assert {a: n for a, n in found.items() if n < 150} == {}


def test_the_editor_costs_what_its_styles_cost(scored, attorney):
    found = scored(FORMS, attorney)
    assert set(found.values()) == {145}


@pytest.mark.parametrize(
    "header, value, rule, worth",
    [
        ("Content-Security-Policy", "", "content_security_policy", -25),
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'unsafe-inline'",
            "content_security_policy",
            -20,
        ),
        ("Referrer-Policy", "unsafe-url", "referrer_policy", -5),
        ("Strict-Transport-Security", "max-age=60", "strict_transport_security", -10),
        ("X-Content-Type-Options", "", "x_content_type_options", -5),
        ("Cross-Origin-Opener-Policy", "any", "cross_origin_opener_policy", -5),
    ],
)
def test_the_rules_find_what_is_amiss(header, value, rule, worth):
    assert points(HttpResponse(headers={header: value}))[rule] == worth


def test_what_is_badly_amiss_gets_nothing_extra():
    headers = {"Cross-Origin-Opener-Policy": "same-origin"}
    # No policy, no https, no nosniff, and frames.
    assert score(HttpResponse(headers=headers)) == 100 - 25 - 20 - 5 - 20
