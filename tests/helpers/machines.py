"""Two machines in one: PostgreSQL with a standby, Redis, two sites and nginx, all in a
folder, on ports and sockets of their own."""

import os
import re
import shutil
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from helpers.postgres import POSTGRES, Database
from helpers.served import ROOT, free_port

PROGRAMS = {
    "nginx": shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin"),
    "redis": shutil.which("redis-server") or shutil.which("valkey-server"),
    "postgresql": shutil.which("initdb", path=POSTGRES or None),
}


def missing():
    return [name for name, program in PROGRAMS.items() if not program]


class Machines(Database):
    """.a, .b, .front: ports; ask(port, path) → status, body; environment(port)."""

    workers = 1

    def __init__(self, folder, stack):
        self.folder, self.stack = folder, stack
        self.a, self.b, self.front = free_port(), free_port(), free_port()
        self.redis_socket = f"{folder}/redis.sock"
        self.start_databases()
        self.start_redis()
        self.start_desk()
        self.granian = [self.start_site(port) for port in (self.a, self.b)]
        self.start_nginx()
        for port in (self.a, self.b, self.front):
            wait_until(lambda port=port: self.ask(port, "/posts/")[0] == 200, 90)

    def start_databases(self):
        self.folder.chmod(0o777)
        self.databases = {}
        self.take_over_site()
        self.start_database("primary")
        self.start_database("replica")

    def start_redis(self):
        command = [PROGRAMS["redis"], "--port", "0", "--save", "", "--dir", self.folder]
        command += ["--unixsocket", self.redis_socket]
        self.redis = self.start("redis", command)
        wait_until(lambda: os.path.exists(self.redis_socket))

    def start_site(self, port):
        environment = self.environment(port) | {"WORKERS": str(self.workers)}
        folder = Path(sys.executable).parent
        environment["PATH"] = f"{folder}:{environment['PATH']}"
        command = [ROOT / "deploy/serve", str(port)]
        return self.start(f"site-{port}", command, env=environment)

    def start_nginx(self):
        """The recipe as it is, but for what belongs to one machine."""
        recipe = (ROOT / "deploy/nginx.conf").read_text()
        recipe = recipe.replace("listen 443 ssl", f"listen 127.0.0.1:{self.front}")
        recipe = recipe.replace("/var/cache/nginx", str(self.folder))
        both = f"server 127.0.0.1:{self.a}; server 127.0.0.1:{self.b}"
        recipe = recipe.replace("server unix:/run/lawblog/site.sock", both)
        recipe = re.sub(r"\n *ssl_certificate.*", "", recipe)
        user = "user root;" if os.getuid() == 0 else ""
        file = self.folder / "nginx.conf"
        file.write_text(
            f"daemon off; worker_processes 1; pid {self.folder}/nginx.pid; {user}\n"
            f"events {{ }} http {{ default_type text/html;\n{recipe}\n}}"
        )
        log = self.folder / "nginx-start.log"
        self.start("nginx", [PROGRAMS["nginx"], "-c", file, "-e", log])

    def ask(self, port, path, **headers):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            headers["Host"] = f"127.0.0.1:{self.front}"
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return None, ""
        finally:
            connection.close()

    def logs(self):
        return {p.name: p.read_text() for p in self.folder.glob("*.log")}


def wait_until(holds, seconds=60):
    """Seconds that it took until holds(): to be printed, not to be judged, since a busy
    machine takes what it takes."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() > began + seconds:
            raise AssertionError(f"Not within {seconds} seconds.")
        time.sleep(0.005)
    return time.monotonic() - began
