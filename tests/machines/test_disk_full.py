"""The disk is full under a site on SQLite: readers read on, and it is said."""

import os
import subprocess
from contextlib import suppress

import pytest
from helpers.served import ask, serving

pytestmark = pytest.mark.slow
PAGES = "/ /offices/ /posts/ /search/?q=visa /privacy/ /es/".split()


@pytest.fixture
def disk(tmp_path):
    """A folder on a disk of forty megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", folder]
    if os.getuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs to be root, and may mount")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(path):
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)


def test_readers_read_on_and_readyz_tells(disk, tmp_path):
    with (tmp_path / "log").open("wb") as log, serving(disk, log) as (port, _):
        fill(disk / "filler")
        # As where it was full when the file of the change flag was made.
        (disk / "pages.changed").unlink()
        for _ in range(3):
            assert [ask(port, "GET", path)[0] for path in PAGES] == [200] * len(PAGES)
        assert ask(port, "GET", "/healthz")[0] == 200
        status, _, text = ask(port, "GET", "/readyz")
        assert status == 503 and b"disk: nearly full" in text
    said = (tmp_path / "log").read_text()
    assert "has only" in said and "Traceback" not in said
