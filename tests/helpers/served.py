"""A site of its own under the real server."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def serving(folder, output=None, **variables):
    """(port, environment) of a site of its own, on SQLite, that writes to `folder`, and
    what it says to the file `output`. environment["SERVER"]: its master's process id.
    """
    port = free_port()
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "VAR_DIR": str(folder),
        "DATABASE_URL": "",
        "PYTHONWARNINGS": "ignore",
        **variables,
    }
    name_static_files(Path(environment["VAR_DIR"]))
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
        yield port, environment | {"SERVER": str(process.pid)}
    finally:
        process.terminate()
        # A worker that has just begun is ended after twenty.
        process.wait(40)


def name_static_files(var):
    """A manifest without hashes, as pages ask it for the addresses of static files:
    collecting the editor's takes half a minute."""
    names = [name for finder in get_finders() for name, _ in finder.list([])]
    manifest = {"version": "1.1", "hash": "", "paths": {name: name for name in names}}
    (var / "static").mkdir(exist_ok=True)
    (var / "static/staticfiles.json").write_text(json.dumps(manifest))


def wait_for(port):
    for _ in range(1200):
        try:
            return ask(port, "GET", "/healthz")
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The server does not start.")


def ask(port, method, path, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    answer = response.status, dict(response.getheaders()), response.read()
    connection.close()
    return answer
