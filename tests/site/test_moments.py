"""A moment is written by one function, which the templates of both languages call."""

from datetime import datetime, timezone

import pytest
from django.template import engines

from lawblog.dates import moment
from lawblog.site.page_language import use_language

NINE_IN_THE_MORNING = datetime(2026, 11, 25, 14, 30, tzinfo=timezone.utc)


@pytest.mark.parametrize("engine", ["django", "jinja2"])
@pytest.mark.parametrize(
    "language, words",
    [("en", "Nov 25, 2026, 9:30 a.m."), ("es", "25 de noviembre de 2026, 09:30")],
)
def test_a_moment_reads_alike_in_both_template_languages(engine, language, words):
    template = engines[engine].from_string("{{ at|moment }}")
    with use_language(language):
        assert moment(NINE_IN_THE_MORNING) == words
        assert template.render({"at": NINE_IN_THE_MORNING}) == words


@pytest.mark.parametrize("engine", ["django", "jinja2"])
def test_no_moment_is_no_words(engine):
    assert engines[engine].from_string("{{ at|moment }}").render({"at": None}) == ""
