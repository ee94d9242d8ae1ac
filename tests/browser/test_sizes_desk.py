"""What is pressed at the desk is large enough for a finger, and no page is wider than
its window, on any screen."""

import pytest
from helpers.desk_pages import DESK, FORMS
from helpers.pages import NOW
from helpers.pressing import small

from offices.models import Closure, Office

EXCUSED = [
    # Select2 stands in place of the field itself, which nobody can see or press.
    ".select2-hidden-accessible",
    # All of the box around it is pressed; it is as wide as what is typed.
    ".select2-search__field",
    # Django's arrows of a sorted column: its name beside them is pressed for the same
    # (WCAG 2.5.8, "equivalent").
    ".sortoptions a",
]


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_pressed_at_the_desk_is_no_dot(tab, ids, width):
    office = Office.objects.get(pk=ids["office"])
    Closure.objects.create(office=office, first_day=NOW, last_day=NOW)
    tab.set_viewport_size({"width": width, "height": 800})
    addresses = [page.format(**ids) for page in [*DESK, *FORMS]]
    found = small(tab, addresses, EXCUSED)
    assert found == {}, "\n".join(map(str, found.items()))
