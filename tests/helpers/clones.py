"""A fresh clone of the project, as whoever just cloned it has it."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from helpers.served import ROOT


def fresh_clone(folder):
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


def surroundings(**more):
    """The environment of somebody who has set nothing."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | more


@contextmanager
def made_to_run(folder, port, *, said="printed"):
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
        site.wait(30)


def wait_for(url, site):
    for _ in range(3000):
        assert site.poll() is None, "make run ended"
        try:
            urlopen(url).read()  # noqa: S310 - an address of our own
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("make run does not answer")
