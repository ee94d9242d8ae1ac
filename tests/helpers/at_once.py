"""Several writers at once, each in a thread and on a connection of its own."""

import sqlite3
import threading
from contextlib import ExitStack, closing

import pytest
from django.db import connection, connections


@pytest.fixture
def at_once(transactional_db, tmp_path, monkeypatch):
    """at_once(*works) → what each returned or raised, in a thread of its own."""
    if connection.vendor == "sqlite":
        # Threads cannot share the one in memory as they share a file.
        path = str(tmp_path / "threads.sqlite3")
        monkeypatch.setitem(connections.databases, "default", in_file(path))
    with ExitStack() as stack:
        if connection.vendor == "sqlite":
            stack.callback(monkeypatch.undo)
        yield in_threads


def in_file(path):
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)
    return {**connection.settings_dict, "NAME": path}


def in_threads(*works):
    begin, found = threading.Barrier(len(works)), []

    def run(work):
        begin.wait(10)
        try:
            found.append(work())
        except Exception as error:
            found.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
