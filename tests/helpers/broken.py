"""One machine with PostgreSQL whose parts are taken away under readers."""

import os
import signal
import subprocess
import threading
import time
from contextlib import contextmanager
from http.client import HTTPException

from helpers.machines import Machines, wait_until
from helpers.served import free_port

KEPT = "/posts/sample-notice-to-appear/"


class OneMachine(Machines):
    """.port; two workers."""

    workers = 2

    def __init__(self, folder, stack):
        self.folder, self.stack = folder, stack
        self.a = self.front = self.port = free_port()
        self.folder.chmod(0o777)
        self.databases = {}
        self.take_over_site()
        self.start_database("primary")
        self.start_desk()
        self.server = self.start_site(self.port)
        self.warm()

    def warm(self):
        """Until each worker keeps the page."""
        # Each writes a file when it keeps a page; they do not start at once, and one
        # may find later than the other that the database is back.
        files = self.folder / f"var-{self.port}"
        wait_until(
            lambda: (
                all(self.ask(self.port, KEPT)[0] == 200 for _ in range(60))
                and len([*files.glob("pages.*.json")]) >= self.workers
            ),
            120,
        )

    def begin(self):
        data, sockets = self.folder / "primary", self.folder / "primary-socket"
        log = self.folder / "primary.log"
        asked = f"-c listen_addresses='' -k {sockets} -c fsync=off"
        self.postgres("pg_ctl", "-D", data, "-w", "-l", log, "-o", asked, "start")

    def end(self):
        self.postgres("pg_ctl", "-D", self.folder / "primary", "-m", "fast", "stop")

    def hang(self, number=signal.SIGSTOP):
        """SIGSTOP for each of PostgreSQL's processes, or SIGCONT."""
        file = self.folder / "primary/postmaster.pid"
        master = int(file.read_text().split()[0])
        for pid in [master, *children(master)]:
            os.kill(pid, number)


def children(pid):
    listed = ["ps", "-o", "pid=", "--ppid", str(pid)]
    found = subprocess.run(listed, capture_output=True, text=True).stdout
    return [int(word) for word in found.split()]


class Readers:
    """Readers without a pause. answers: [(status or None, seconds that it took)]."""

    def __init__(self, machine, path, count):
        self.machine, self.path, self.over, self.answers = machine, path, False, []
        self.threads = [threading.Thread(target=self.read) for _ in range(count)]

    def read(self):
        while not self.over:
            began = time.monotonic()
            try:
                status, _ = self.machine.ask(self.machine.port, self.path)
            except HTTPException:
                status = None
            self.answers.append((status, time.monotonic() - began))

    @property
    def statuses(self):
        return {status for status, _ in self.answers}

    @property
    def slowest(self):
        return max(seconds for _, seconds in self.answers)


@contextmanager
def readers(machine, path=KEPT, count=4):
    crowd = Readers(machine, path, count)
    for thread in crowd.threads:
        thread.start()
    try:
        yield crowd
    finally:
        crowd.over = True
        for thread in crowd.threads:
            thread.join()
        print(path, len(crowd.answers), crowd.statuses, f"{crowd.slowest:.2f} s")
