"""`make run` on a fresh clone: what it made is found, what somebody set stays, and a
second one says so. And manage.py runs by itself."""

import os
import sys

import pytest
from helpers.clones import SETTINGS, run
from helpers.served import ROOT

SYSTEMS = os.path.join(sys.base_prefix, "bin", "python3")


def test_a_second_run_waits_for_the_first_and_says_so(two_runs):
    waited, *_ = two_runs
    assert "Another “make run” is setting this folder up. Waiting for it…" in waited
    assert "User name: attorney" in waited


def test_a_second_run_beside_one_that_serves_is_told_so(two_runs):
    _, second, _, port = two_runs
    assert second.returncode != 0 and "Traceback" not in second.stderr
    assert f"something answers at {port} already" in second.stderr
    assert "User name:" not in second.stdout


def test_manage_finds_the_address_and_the_key_that_make_run_made(two_runs):
    *_, shown, port = two_runs
    address, length = shown.stdout.splitlines()[-1].split()
    assert address == f"http://127.0.0.1:{port}" and int(length) > 50


def test_an_address_in_env_is_not_overruled(two_runs, clone):
    (clone / ".env").write_text("SITE_URL=http://localhost:9999\n")
    made = run(clone, "make", "ready", "PORT=9000")
    shown = run(clone, "./manage.py", "shell", "-c", SETTINGS)
    (clone / ".env").unlink()
    assert "Site: http://localhost:9999/" in made.stdout
    assert "http://localhost:9999" in shown.stdout


@pytest.mark.parametrize("command", [["./manage.py"], [SYSTEMS, "manage.py"]])
def test_manage_runs_by_itself_whatever_python_begins_it(two_runs, clone, command):
    done = run(clone, *command, "check")
    assert "System check identified no issues" in done.stdout, done.stderr


def test_without_what_make_run_installs_it_says_how(tmp_path):
    (tmp_path / "manage.py").write_bytes((ROOT / "manage.py").read_bytes())
    done = run(tmp_path, SYSTEMS, "-S", "manage.py", "check")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "“make run” installs what is needed, in .venv." in done.stderr
