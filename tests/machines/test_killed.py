"""kill -9 of a worker and of the master, under readers."""

import os
import re
import signal
import subprocess
import threading
from contextlib import ExitStack, contextmanager
from http.client import HTTPException
from pathlib import Path

import pytest
from helpers.broken import children
from helpers.machines import wait_until
from helpers.served import ROOT, ask, serving

pytestmark = pytest.mark.slow
PAGE = "/offices/"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """(port, environment, what ends a server that took the place of a killed one)."""
    with serving(tmp_path_factory.mktemp("var")) as site, ExitStack() as stack:
        yield *site, stack


@contextmanager
def reading(port, count=4):
    """Gives the list of answers of readers without a pause; None: none came."""
    found, over = [], threading.Event()

    def read():
        while not over.is_set():
            try:
                found.append(ask(port, "GET", PAGE)[0])
            except (OSError, HTTPException):
                found.append(None)

    crowd = [threading.Thread(target=read) for _ in range(count)]
    for reader in crowd:
        reader.start()
    try:
        yield found
    finally:
        over.set()
        for reader in crowd:
            reader.join()


def test_a_worker_that_is_killed_is_replaced_and_readers_go_on(site):
    port, environment, _ = site
    master = int(environment["SERVER"])
    before = set(children(master))
    with reading(port) as found:
        wait_until(lambda: len(found) > 50)
        os.kill(min(before), signal.SIGKILL)
        wait_until(lambda: len(set(children(master)) - before) == 1)
        count = len(found)
        wait_until(lambda: len(found) > count + 200)
    # The requests that it was answering or had taken, of four readers.
    assert found.count(None) <= 8
    assert set(found) <= {200, None}


def test_a_master_that_is_killed_takes_its_workers_along_and_may_be_back(site):
    port, environment, stack = site
    master = int(environment["SERVER"])
    workers = children(master)
    os.kill(master, signal.SIGKILL)
    # Else they would hold the port, each as it was, with nobody to replace it.
    wait_until(lambda: not any(map(is_running, workers)))
    again = subprocess.Popen([ROOT / "deploy/serve", str(port)], env=environment)
    stack.callback(again.wait, 60)
    stack.callback(again.terminate)
    environment["SERVER"] = str(again.pid)
    seconds = wait_until(lambda: answers(port))
    used = sum(map(spent, [again.pid, *children(again.pid)]))
    print(f"back after {seconds:.1f} s, and {used:.1f} s of a processor")


def test_two_workers_hold_most_of_their_memory_together(site):
    """In MiB, as the kernel divides what is shared (PSS); without what is read from
    files, such as libraries, which other programs may share."""
    port, environment, _ = site
    for path in ("/", "/es/", "/posts/", "/search/?q=visa", PAGE) * 8:
        assert ask(port, "GET", path)[0] == 200
    master = int(environment["SERVER"])
    assert sum(map(memory, [master, *children(master)])) < 150


def spent(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"Pss_Anon: +(\d+) kB", rollup)[1]) / 1024


def answers(port):
    try:
        return ask(port, "GET", PAGE)[0] == 200
    except OSError:
        return False


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
