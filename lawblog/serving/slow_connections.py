"""Ending connections on which a client keeps us waiting.

The server (granian) has no limit for the time that a request's body takes, tells nobody
which connection a request came by, and answers nobody any more once an answer goes out
while a thread still reads that request's body. So what is late is looked for among this
process's own sockets: a connection of that client on which we sent nothing for so long.
"""

import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

# Where Linux has the milliseconds since data was last sent, in struct tcp_info.
LAST_SENT = 8 + 9 * 4


class Ends(NamedTuple):
    """The client's address, and the port of ours that it asked."""

    address: str
    port: int


def hang_up(ends: Ends, seconds: float) -> int:
    """Ends each TCP connection between the two on which we sent nothing for so long;
    how many. None where the system does not say (it is no Linux), or on a socket with
    a path, where a proxy of ours stands before us."""
    count = 0
    for number in _open_files():
        # What was closed meanwhile, or is not a connection.
        with suppress(OSError), _as_socket(number) as connection:
            if connection.family not in (socket.AF_INET, socket.AF_INET6):
                continue
            between = connection.getpeername()[0], connection.getsockname()[1]
            if between == ends and _silent_for(connection) >= seconds:
                connection.shutdown(socket.SHUT_RDWR)
                count += 1
    return count


def _open_files() -> list[int]:
    try:
        return [int(name) for name in os.listdir("/proc/self/fd")]
    except OSError:
        return []


@contextmanager
def _as_socket(number: int) -> Iterator[socket.socket]:
    # A copy of the number, so that closing it closes nothing of the server's.
    copy = os.dup(number)
    try:
        connection = socket.socket(fileno=copy)
    except OSError:  # a file: it would stay open, and a worker has so many numbers
        os.close(copy)
        raise
    with connection:
        yield connection


def _silent_for(connection: socket.socket) -> float:
    """Seconds since we last sent something, or since it was opened."""
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
    (milliseconds,) = struct.unpack_from("I", told, LAST_SENT)
    return float(milliseconds) / 1000
