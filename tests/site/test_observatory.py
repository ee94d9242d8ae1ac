"""What Mozilla's HTTP Observatory would say of each page (helpers/observatory.py)."""

import pytest
from django.http import HttpResponse
from helpers.desk_pages import DESK, FORMS
from helpers.observatory import points, score

# They may be shown by others.
PICTURES = (".png", ".svg", ".ico")


def scores(answers, addresses=None):
    return {address: score(answers[address]) for address in addresses or answers}


def test_public_pages_have_a_hundred_and_fifty_points(asked):
    # What is refused unread is no page.
    pages = [a for a in asked.public if a != "/%00" and not a.endswith(PICTURES)]
    assert {a: n for a, n in scores(asked.public, pages).items() if n < 150} == {}


def test_pictures_that_others_may_show_have_ten_less(asked):
    pictures = [a for a in asked.public if a.endswith(PICTURES)]
    assert set(scores(asked.public, pictures).values()) == {140}


def test_the_desk_has_a_hundred_and_fifty_points_too(asked):
    found = scores(asked.entrance) | scores(asked.desk, DESK)
    assert {a: n for a, n in found.items() if n < 150} == {}


def test_the_editor_costs_what_its_styles_cost(asked):
    assert set(scores(asked.desk, FORMS).values()) == {145}


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
