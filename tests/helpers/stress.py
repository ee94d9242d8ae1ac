"""Changes against readers of a running site.

python tests/helpers/stress.py URL CHANGES READERS

Prints "CHANGES changes, READS reads, STALE stale, FAILED failed", and stops after a
minute even with changes left. A stale answer is one to a request
that began after a change was committed and that shows what was there before. Writes to
the database of the settings that it finds, and puts back what was there.
"""

import os
import re
import sys
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawblog.settings")
sys.path.insert(0, os.getcwd())
django.setup()

from offices.models import Firm  # noqa: E402

SHOWN = re.compile(rb"Change no\. (\d+)\.")


class Readers:
    def __init__(self, address, readers):
        self.address, self.committed, self.over = urlsplit(address), 0, False
        self.counts = [[0, 0, 0] for _ in range(readers)]
        self.threads = [
            threading.Thread(target=self.read, args=[t]) for t in self.counts
        ]

    def read(self, count):
        with closing(HTTPConnection(self.address.netloc, timeout=30)) as connection:
            while not self.over:
                committed = self.committed
                connection.request("GET", self.address.path)
                response = connection.getresponse()
                shown = SHOWN.search(response.read())
                count[0] += 1
                if response.status != 200 or not shown:
                    count[2] += 1
                elif int(shown[1]) < committed:
                    count[1] += 1


def run(address, changes, readers):
    """(changes made, reads, stale, failed)."""
    end = time.monotonic() + 60
    before = Firm.objects.values_list("tagline", flat=True).get()
    Firm.objects.update(tagline="Change no. 0.")
    crowd = Readers(address, readers)
    try:
        for thread in crowd.threads:
            thread.start()
        for number in range(1, changes + 1):
            if time.monotonic() > end:
                break
            Firm.objects.update(tagline=f"Change no. {number}.")
            crowd.committed = number
            # Until it was read, so that every change meets readers.
            seen = sum(count[0] for count in crowd.counts)
            while sum(count[0] for count in crowd.counts) < seen + readers:
                if not any(thread.is_alive() for thread in crowd.threads):
                    raise SystemExit("The site does not answer.")
                # Leaves the processor to those who read and answer.
                time.sleep(0.002)
    finally:
        crowd.over = True
        for thread in crowd.threads:
            thread.join()
        Firm.objects.update(tagline=before)
    counts = zip(*crowd.counts, strict=True)
    return [crowd.committed, *map(sum, counts)]


if __name__ == "__main__":
    address, changes, readers = sys.argv[1:]
    counts = run(address, int(changes), int(readers))
    print("{} changes, {} reads, {} stale, {} failed".format(*counts))
