"""What helpers/undefined.py promises, in both template languages."""

import pytest
from django.template import engines
from django.template.loader import render_to_string
from helpers.undefined import UndefinedName
from jinja2 import UndefinedError


def test_our_desk_templates_print_no_undefined_name(db):
    with pytest.raises(UndefinedName, match=r"edition\.pk in .*_reviewed\.html"):
        render_to_string(
            "admin/posts/post/_reviewed.html",
            {"edition": {"post_id": 1}, "back": "queue", "csrf_token": ""},
        )


def test_djangos_own_templates_may():
    page = render_to_string("admin/popup_response.html")
    assert 'data-popup-response=""' in page


@pytest.mark.parametrize(
    "printed", ["{{ name }}", "{{ name.part }}", "{% for a in name %}{% endfor %}"]
)
def test_readers_templates_print_no_undefined_name(printed):
    template = engines["jinja2"].from_string(printed)
    with pytest.raises(UndefinedError):
        template.render({})


def test_readers_templates_may_ask_whether_a_name_is_there():
    template = engines["jinja2"].from_string("{% if name %}{{ name }}{% endif %}")
    assert template.render({}) == ""
