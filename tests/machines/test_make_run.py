"""`make run` on a fresh clone: what it made is found, what somebody set stays, and a
second one says so. And manage.py runs by itself."""

from helpers.clones import SYSTEMS, run
from helpers.served import ROOT


def test_a_second_run_waits_for_the_first_and_says_so(runs):
    waited = runs.waited
    assert "Another “make run” is setting this folder up. Waiting for it…" in waited
    assert "User name: attorney" in waited


def test_a_second_run_beside_one_that_serves_is_told_so(runs):
    second, port = runs.second, runs.port
    assert second.returncode != 0 and "Traceback" not in second.stderr
    assert f"something answers at {port} already" in second.stderr
    assert "User name:" not in second.stdout


def test_manage_finds_the_address_and_the_key_that_make_run_made(runs):
    address, length = runs.shown.stdout.splitlines()[-1].split()
    assert address == f"http://127.0.0.1:{runs.port}" and int(length) > 50


def test_an_address_in_env_is_not_overruled(runs):
    assert "Site: http://localhost:9999/" in runs.second.stdout
    assert "http://localhost:9999 " in runs.shown_with_env.stdout


def test_manage_runs_by_itself_whatever_python_begins_it(runs):
    for done in (runs.shown, runs.shown_with_env):
        assert (done.returncode, done.stderr) == (0, "")


def test_without_what_make_run_installs_it_says_how(tmp_path):
    (tmp_path / "manage.py").write_bytes((ROOT / "manage.py").read_bytes())
    done = run(tmp_path, SYSTEMS, "-S", "manage.py", "check")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "“make run” installs what is needed, in .venv" in done.stderr
