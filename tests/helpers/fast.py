"""What `make test-fast` leaves out besides what is marked slow."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Of a table of cases that each ask the database, all but the first: they took a
    third of the time, and run much the same code."""
    seen = set()
    for item in items:
        table = item.nodeid.partition("[")[0]
        if table in seen and asks_the_database(item):
            item.add_marker(pytest.mark.slow)
        seen.add(table)


def asks_the_database(item: pytest.Function) -> bool:
    named = {"db", "transactional_db"}.intersection(item.fixturenames)
    return bool(named or item.get_closest_marker("django_db"))
