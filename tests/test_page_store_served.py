"""The page store under the real server, with two workers."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("var")) as site:
        yield site


@contextmanager
def serving(folder, output=None):
    """(port, environment) of a site of its own, on SQLite, that writes to `folder`, and
    what it says to the file `output`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "VAR_DIR": str(folder),
        "DATABASE_URL": "",
        "PYTHONWARNINGS": "ignore",
    }
    # A manifest without hashes: collecting the editor's files takes half a minute.
    source = ROOT / "lawblog/static"
    names = [str(p.relative_to(source)) for p in source.rglob("*.*")]
    static = Path(environment["VAR_DIR"]) / "static"
    static.mkdir()
    manifest = {
        "version": "1.1",
        "hash": "",
        "paths": dict(zip(names, names, strict=True)),
    }
    (static / "staticfiles.json").write_text(json.dumps(manifest))
    for command in ("migrate", "setup"):
        subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )
    process = subprocess.Popen(
        [ROOT / "deploy/serve", str(port)],
        env=environment,
        stdout=output,
        stderr=output,
    )
    try:
        wait_for(port)
        yield port, environment
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port):
    for _ in range(300):
        try:
            return ask(port, "GET", "/healthz")
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The server does not start.")


def ask(port, method, path, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    answer = response.status, dict(response.getheaders()), response.read()
    connection.close()
    return answer


def test_no_reader_of_either_worker_sees_what_was_before_a_change(served):
    port, environment = served
    stress = [
        sys.executable,
        "tests/stress.py",
        f"http://127.0.0.1:{port}/",
        "100",
        "8",
    ]
    done = subprocess.run(
        stress, cwd=ROOT, env=environment, capture_output=True, text=True
    )
    changes, reads, stale, failed = [
        int(word.split()[0]) for word in done.stdout.split(",")
    ]
    assert (stale, failed) == (0, 0), done.stdout
    assert changes > 0 and reads >= 8 * changes


def test_the_server_sends_the_kept_bytes(served):
    port, _ = served
    status, headers, body = ask(port, "GET", "/posts/", **{"Accept-Encoding": "br"})
    assert status == 200 and headers["content-encoding"] == "br"
    assert int(headers["content-length"]) == len(body)
    status, head, nothing = ask(port, "HEAD", "/posts/", **{"Accept-Encoding": "br"})
    assert (status, nothing) == (200, b"") and head["etag"] == headers["etag"]
    asked = {"If-None-Match": headers["etag"], "Accept-Encoding": "br"}
    assert ask(port, "GET", "/posts/", **asked)[::2] == (304, b"")
    assert ask(port, "GET", "/nothing/")[0] == 404
