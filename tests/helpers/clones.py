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

import pytest

from helpers.served import ROOT, free_port

SETTINGS = (
    "shell",
    "-c",
    "from django.conf import settings as s; print(s.SITE_URL, len(s.SECRET_KEY))",
)
SYSTEMS = os.path.join(sys.base_prefix, "bin", "python3")
Done = subprocess.CompletedProcess[str]


class TwoRuns(NamedTuple):
    """What one `make run` said that had to wait, and what ./manage.py says of the
    settings while that one serves; then, with an address in .env, what a second
    `make run` says, and manage.py that the system's Python begins."""

    waited: str
    shown: Done
    second: Done
    shown_with_env: Done
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
    """The environment of somebody who has set nothing, but that tables are copied."""
    names = ("PATH", "HOME", "TESTS_DIR", "MIGRATED")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT / "tests/helpers/started"), **more}


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
                time.sleep(0.01)
            fcntl.flock(held, fcntl.LOCK_UN)
            wait_for(f"http://127.0.0.1:{port}/healthz", site)
            waited = (clone / "waited").read_text()
            shown = run(clone, "./manage.py", *SETTINGS)
            (clone / ".env").write_text("SITE_URL=http://localhost:9999\n")
            second = run(clone, "make", "run", f"PORT={port}")
            shown_with_env = run(clone, SYSTEMS, "manage.py", *SETTINGS)
            (clone / ".env").unlink()
            yield TwoRuns(waited, shown, second, shown_with_env, port)


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fresh_clone(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="session")
def runs(clone: Path, migrations_are_copied: None) -> Iterator[TwoRuns]:
    """`make run` takes long: once for all who need it."""
    with two_runs(clone) as told:
        yield told
