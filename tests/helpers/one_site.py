"""One site under the real server, for all who leave it as it was."""

import socket
from contextlib import ExitStack, closing

import pytest

from helpers.served import ask, serving


@pytest.fixture(scope="session")
def served(migrations_are_copied, tmp_path_factory):
    """(port, environment, connections that said half a header when the server had just
    begun). A slow body is given up after an hour: whoever waits for one hears nothing.
    """
    folder = tmp_path_factory.mktemp("one-site")
    with serving(folder, BODY_SECONDS="3600") as site, ExitStack() as stack:
        port, environment = site
        half = [half_a_header(port, stack) for _ in range(200)]
        for _ in range(40):
            ask(port, "GET", "/offices/")
        yield port, environment, half


def half_a_header(port, stack):
    client = socket.create_connection(("127.0.0.1", port), timeout=60)
    client.sendall(b"GET / HTTP/1.1\r\nHost: ")
    return stack.enter_context(closing(client))
