"""What `make run` makes up for this machine; whatever people set goes before it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.served import ROOT

pytestmark = pytest.mark.slow
SHOW = """
import json
from lawblog.settings import SECRET_KEY, SITE_URL
print(json.dumps([SITE_URL, SECRET_KEY]))
"""
SET = "SITE_URL=https://www.example.com\nSECRET_KEY=" + "chosen-by-us-" * 5
CHOSEN = ["https://www.example.com", "chosen-by-us-" * 5]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The project with neither .env nor var/, and what make made up for port 9000."""
    shutil.copytree(ROOT / "lawblog", tmp_path / "lawblog")
    shutil.copy(ROOT / "Makefile", tmp_path)
    make(tmp_path)
    return tmp_path


def make(clone: Path, target: str = "var/local.env") -> None:
    command = ["make", "--silent", f"PYTHON={sys.executable}", "PORT=9000"]
    start([*command, target], clone)


def settings(clone: Path, **variables: str) -> list[str]:
    return json.loads(start([sys.executable, "-c", SHOW], clone, **variables))


def start(command: list[str], clone: Path, **variables: str) -> str:
    environment = {"PATH": os.environ["PATH"], **variables}
    done = subprocess.run(
        command, cwd=clone, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_without_any_setting_the_site_is_on_this_machine(clone: Path) -> None:
    address, key = settings(clone)
    assert address == "http://127.0.0.1:9000" and len(key) >= 50


def test_the_key_stays_when_make_runs_again(clone: Path) -> None:
    before = settings(clone)
    (clone / "var/local.env").unlink()
    make(clone)
    assert settings(clone) == before


def test_only_its_owner_reads_the_key(clone: Path) -> None:
    modes = [path.stat().st_mode & 0o777 for path in (clone / "var").iterdir()]
    assert modes == [0o600, 0o600]


def test_a_file_of_settings_goes_before_what_make_made_up(clone: Path) -> None:
    (clone / ".env").write_text(SET)
    assert settings(clone) == CHOSEN


def test_the_environment_goes_before_what_make_made_up(clone: Path) -> None:
    set_ = dict(line.split("=") for line in SET.splitlines())
    assert settings(clone, **set_) == CHOSEN


def test_a_port_or_a_key_that_was_wrong_once_is_not_kept(clone: Path) -> None:
    before = settings(clone)
    (clone / "var/local.env").write_text("SITE_URL=http://127.0.0.1:none\nSECRET_KEY=")
    make(clone, "local")
    assert settings(clone) == before


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("PORT=none", "PORT is “none”: use a number from 1 to 65535"),
        ("PORT=0", "PORT is “0”: use a number from 1 to 65535"),
        ("PORT=08000", "PORT is “08000”: use a number from 1 to 65535"),
        ("PORT=65536", "PORT is “65536”: use a number from 1 to 65535"),
        ("VAR_DIR=/tmp/a b", "VAR_DIR is “/tmp/a b”: make takes no folder with a"),
        ("PYTHON=false", "Python 3.10 to 3.13 is needed, and false is none: PYTHON="),
        ("VAR_DIR=/dev/null/x", "make-run.lock cannot be written: Not a directory."),
    ],
)
def test_what_make_cannot_take_is_a_sentence(word: str, sentence: str) -> None:
    command = ["make", "--silent", "run", word]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert sentence in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("said", ["{}", '"{}"\r', "'{}'"])
def test_another_folder_in_the_file_of_settings_is_makes_folder_too(
    clone: Path, said: str
) -> None:
    folder = said.format(f"{clone}/elsewhere")
    (clone / ".env").write_text(f"VAR_DIR={folder}\n", newline="")
    make(clone, f"{clone}/elsewhere/local.env")
    assert settings(clone)[0] == "http://127.0.0.1:9000"


def test_libraries_are_installed_anew_where_their_python_went(clone: Path) -> None:
    """As after an upgrade of Debian: what says that they are there says so no more."""
    installed = clone / ".venv/installed"
    (clone / ".venv/bin").mkdir(parents=True)
    installed.touch()
    (clone / ".venv/bin/python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    (clone / ".venv/bin/python").chmod(0o755)
    make(clone, "local")
    assert installed.exists()
    (clone / ".venv/bin/python").unlink()
    make(clone, "local")
    assert not installed.exists()
