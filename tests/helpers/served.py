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
from shutil import copytree

from django.contrib.staticfiles.finders import get_finders

from helpers.made_once import made_once

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
        **on_sqlite(folder),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PYTHONWARNINGS": "ignore",
        **variables,
    }
    new_site(folder)
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
        process.wait(40)


def new_site(folder):
    """What `manage.py migrate` and `setup` leave, on SQLite, in a folder: a copy of
    what was made before."""
    copytree(made_once("new-site", set_up), folder, dirs_exist_ok=True)


SET_UP = """
import django
from django.conf import settings
# Nobody signs in, and accounts are made.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django.setup()
from django.core.management import call_command
from helpers.migrating import copy_migrations
copy_migrations()
call_command("migrate", verbosity=0)
call_command("setup")
"""


def set_up(folder):
    name_static_files(folder)
    environment = on_sqlite(folder) | helpers_too()
    command = [sys.executable, "-c", SET_UP]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def helpers_too():
    """Variables for a program that also uses these helpers."""
    kept = {name: os.environ[name] for name in ("TESTS_DIR", "MIGRATED")}
    return {**kept, "PYTHONPATH": str(ROOT / "tests")}


def on_sqlite(folder):
    """The environment of a program that works on a folder's site."""
    return {**os.environ, "VAR_DIR": str(folder), "DATABASE_URL": ""}


def name_static_files(var):
    """A manifest without hashes, as pages ask it for the addresses of static files:
    collecting the editor's takes ten seconds."""
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
