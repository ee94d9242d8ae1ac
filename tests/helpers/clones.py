"""A fresh clone of the project, as whoever just cloned it has it."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from helpers.served import ROOT, free_port

SETTINGS = "from django.conf import settings as s; print(s.SITE_URL, len(s.SECRET_KEY))"
Done = subprocess.CompletedProcess[str]


class TwoRuns(NamedTuple):
    """What one `make run` said that had to wait, what a second one said while that one
    served, and what manage.py says of the settings meanwhile."""

    waited: str
    second: Done
    shown: Done
    port: int


def fresh_clone(folder: Path) -> Path:
    """What git knows, in `folder`, with the packages of this machine in its .venv."""
    files = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT)
    copy = ["xargs", "--null", "cp", "--parents", "--target-directory", str(folder)]
    subprocess.run(copy, cwd=ROOT, input=files, check=True)
    (folder / ".venv").mkdir()
    for part in Path(sys.prefix).iterdir():
        if part.name not in ("installed", "tools"):
            (folder / ".venv" / part.name).symlink_to(part)
    # What `make run` would install is here.
    (folder / ".venv/installed").touch()
    return folder


def surroundings(**more: str) -> dict[str, str]:
    """The environment of somebody who has set nothing."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | more


@contextmanager
def made_to_run(
    folder: Path, port: int, *, said: str = "printed"
) -> Iterator[subprocess.Popen[bytes]]:
    """`make run` in a clone; what it says goes to the file `said`."""
    with open(folder / said, "w") as printed:
        site = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=folder,
            env=surroundings(),
            stdout=printed,
            stderr=printed,
        )
    try:
        yield site
    finally:
        site.terminate()
        site.wait(60)


def wait_for(url: str, site: subprocess.Popen[bytes]) -> None:
    for _ in range(3000):
        assert site.poll() is None, "make run ended"
        try:
            urlopen(url).read()  # noqa: S310 - an address of our own
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("make run does not answer")


def run(clone: Path, *command: str, **environment: str) -> Done:
    return subprocess.run(
        command,
        cwd=clone,
        env=surroundings(**environment),
        capture_output=True,
        text=True,
    )


@contextmanager
def two_runs(clone: Path) -> Iterator[TwoRuns]:
    """Within, the first serves."""
    port = free_port()
    (clone / "var").mkdir()
    with open(clone / "var/make-run.lock", "w") as held:
        # As if another one were setting the folder up.
        fcntl.flock(held, fcntl.LOCK_EX)
        with made_to_run(clone, port, said="waited") as site:
            while "Waiting" not in (clone / "waited").read_text():
                assert site.poll() is None
            fcntl.flock(held, fcntl.LOCK_UN)
            wait_for(f"http://127.0.0.1:{port}/healthz", site)
            second = run(clone, "make", "run", f"PORT={port}")
            shown = run(clone, "./manage.py", "shell", "-c", SETTINGS)
            yield TwoRuns((clone / "waited").read_text(), second, shown, port)
