"""Each page of the desk is shown; what is on it, its own tests say."""

from helpers.desk_pages import DESK, FORMS


def test_each_page_of_the_desk_is_shown(attorney_client, ids):
    addresses = [page.format(**ids) for page in [*DESK, *FORMS]]
    found = {a: attorney_client.get(a).status_code for a in addresses}
    assert {a: status for a, status in found.items() if status != 200} == {}
