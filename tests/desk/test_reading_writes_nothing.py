"""Reading the desk writes nothing and opens no transaction: on SQLite each would wait
for the one lock for writing, so that nobody could read while somebody saves."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from helpers.walk.addresses import addresses

pytestmark = pytest.mark.slow

WRITING = ("SAVEPOINT", "INSERT", "UPDATE", "DELETE")
# Signing out has something to write; so has what begins a ceremony, into the session,
# and what is shown once.
WRITES = {"logout", "mfa_login_webauthn", "mfa_add_webauthn", "mfa_activate_totp"}
WRITES |= {"mfa_reauthenticate_webauthn", "mfa_view_recovery_codes"}


def test_reading_opens_no_transaction(world):
    client = Client()
    client.force_login(world["people"]["owner"])
    found = []
    for address in addresses(world):
        if address.is_nowhere or address.name in WRITES:
            continue
        with CaptureQueriesContext(connection) as queries:
            status = client.get(address.path).status_code
        wrote = [q["sql"] for q in queries if q["sql"].startswith(WRITING)]
        if status >= 500 or wrote:
            found.append(f"{address.path}: {status} {wrote[:2]}")
    assert not found, "\n".join(found)


def test_a_list_is_not_asked_for_a_pattern(owner_client):
    answer = owner_client.get("/admin/offices/office/?id__regex=(")
    assert answer.status_code == 400
