"""No public page has a fault that axe can see, in light, dark or forced colours."""

from django.test import Client
from helpers.axe import seen
from helpers.showing import from_npm, public


def test_axe_finds_nothing_on_a_public_page(show, whole_site):
    tab = show(Client(), from_npm("axe-core/axe.min.js"))
    assert seen(tab, public(whole_site)) == {}
