"""Reading the desk writes nothing and opens no transaction: on SQLite each would wait
for the one lock for writing, so that nobody could read while somebody saves."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from helpers.walk.addresses import addresses

pytestmark = pytest.mark.slow

WRITING = ("SAVEPOINT", "INSERT", "UPDATE", "DELETE")


def test_reading_opens_no_transaction(world):
    client = Client()
    client.force_login(world["people"]["owner"])
    found = []
    for address in addresses(world):
        # Each signs out, and so has something to write.
        if address.is_nowhere or address.name in ("logout", "password_change"):
            continue
        with CaptureQueriesContext(connection) as queries:
            status = client.get(address.path).status_code
        wrote = [q["sql"] for q in queries if q["sql"].startswith(WRITING)]
        if status >= 500 or wrote:
            found.append(f"{address.path}: {status} {wrote[:2]}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", ["offices/office", "auth/user"])
def test_a_list_is_not_asked_for_a_pattern(owner_client, path):
    assert owner_client.get(f"/admin/{path}/?id__regex=(").status_code == 400
