"""deploy/serve, the one way in which the site is started."""

import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.served import free_port

ROOT = Path(__file__).resolve().parents[2]
# Where nothing listens, and anybody may.
PORT = str(free_port())
Serve = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """Runs the script with a Python that only says how it was called."""
    for name in ("serve", "ask"):
        (tmp_path / "deploy").mkdir(exist_ok=True)
        shutil.copy(ROOT / "deploy" / name, tmp_path / "deploy")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$@"\n')
    python.chmod(0o755)

    def run(where: str) -> subprocess.CompletedProcess[str]:
        script = tmp_path / "deploy/serve"
        return subprocess.run([script, where], capture_output=True, text=True)

    return run


def test_a_port_is_reached_from_this_machine_only(serve: Serve) -> None:
    assert f" --host 127.0.0.1 --port {PORT} " in serve(PORT).stdout


def test_a_socket_is_for_its_group(serve: Serve, tmp_path: Path) -> None:
    asked = serve(f"{tmp_path}/site.sock").stdout
    # granian reads 660 as a decimal number.
    assert f" --uds {tmp_path}/site.sock --uds-permissions 0660 " in asked
    assert "--host" not in asked


@pytest.mark.parametrize("where", ["", "0.0.0.0:80", "[::]:80", "site.sock", "80 -x"])
def test_no_other_place_is_served(serve: Serve, where: str) -> None:
    done = serve(where)
    assert (done.returncode, done.stdout) == (2, "")
    assert "give a port, or a socket's full path" in done.stderr


@pytest.mark.parametrize("where", ["0", "65536", "9" * 30])
def test_a_number_that_is_no_port_is_refused(serve: Serve, where: str) -> None:
    done = serve(where)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr == f"deploy/serve: {where} is no port: give one from 1 to 65535.\n"
    )


def test_where_nothing_can_listen_it_says_why(serve: Serve, tmp_path: Path) -> None:
    for where, why in [
        (tmp_path / "nowhere/site.sock", "No such file or directory"),
        (tmp_path, "Address already in use"),
        (tmp_path / ("x" * 150), "AF_UNIX path too long"),
    ]:
        done = serve(str(where))
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"deploy/serve: nothing can listen at {where}: {why}.\n"


@pytest.mark.parametrize("name", ["WORKERS", "THREADS"])
@pytest.mark.parametrize("value", ["0", "two", "-1", "1.5", "2 --host 0.0.0.0"])
def test_a_number_that_is_none_is_refused(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    done = serve(PORT)
    assert (done.returncode, done.stdout) == (2, "")
    assert "WORKERS and THREADS are whole numbers" in done.stderr


def test_a_worker_that_dies_is_replaced_and_nothing_is_logged(serve: Serve) -> None:
    asked = serve(PORT).stdout.split()
    assert asked[:2] == ["-m", "lawblog.serving"]
    assert "--respawn-failed-workers" in asked
    assert "--access-log" not in asked


def test_a_second_server_does_not_share_the_port(serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        done = serve(str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"something answers at {port} already" in done.stderr


def test_a_second_server_leaves_the_socket_alone(serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "site.sock"
    with socket.socket(socket.AF_UNIX) as first:
        first.bind(str(path))
        first.listen()
        assert serve(str(path)).returncode == 1
    assert path.exists()


def test_the_socket_of_a_killed_server_makes_way(serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "site.sock"
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))
    done = serve(str(path))
    assert done.returncode == 0
    assert not path.exists()


@pytest.mark.parametrize(
    "starter", ["Makefile", "README.md", "deploy/systemd/lawblog.service", "Dockerfile"]
)
def test_whatever_starts_the_site_starts_it_so(starter: str) -> None:
    text = (ROOT / starter).read_text()
    assert "deploy/serve" in text
    assert "granian --" not in text
