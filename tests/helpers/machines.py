"""Two machines in one: PostgreSQL with a standby, Redis, two sites and nginx, all in a
folder, on ports and sockets of their own."""

import glob
import os
import re
import shutil
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from helpers.served import ROOT, free_port, name_static_files

POSTGRES = (glob.glob("/usr/lib/postgresql/*/bin") or [""])[-1]
PROGRAMS = {
    "nginx": shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin"),
    "redis": shutil.which("redis-server") or shutil.which("valkey-server"),
    "postgresql": shutil.which("initdb", path=POSTGRES or None),
}
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"

DESK = """
import sys
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
from django.core.management import call_command
from offices.models import Firm
from posts import publishing
from posts.models import Post
for line in sys.stdin:
    exec(line)
    print("committed", flush=True)
"""


def missing():
    return [name for name, program in PROGRAMS.items() if not program]


class Machines:
    """.a, .b, .front: ports; ask(port, path) → status, body; environment(port)."""

    workers, redis_socket = 1, ""

    def __init__(self, folder, stack):
        self.folder, self.stack = folder, stack
        self.a, self.b, self.front = free_port(), free_port(), free_port()
        self.redis_socket = f"{folder}/redis.sock"
        self.start_databases()
        self.start_redis()
        self.start_desk()
        self.change("call_command('migrate', verbosity=0)")
        self.change("call_command('setup', with_samples=True, stdout=sys.stderr)")
        self.granian = [self.start_site(port) for port in (self.a, self.b)]
        self.start_nginx()
        for port in (self.a, self.b, self.front):
            wait_until(lambda port=port: self.ask(port, "/posts/")[0] == 200, 90)

    def start(self, name, command, **options):
        """A program that ends with the test; its log is NAME.log in the folder."""
        log = self.stack.enter_context((self.folder / f"{name}.log").open("ab"))
        process = subprocess.Popen(command, stdout=log, stderr=log, **options)
        # granian gives a request of its own twenty.
        self.stack.callback(process.wait, 40)
        self.stack.callback(process.terminate)
        return process

    def postgres(self, program, *arguments):
        # initdb refuses to run as root.
        user = {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}
        subprocess.run(
            [f"{POSTGRES}/{program}", *arguments],
            cwd=self.folder,
            check=True,
            capture_output=program != "pg_ctl",
            stdout=subprocess.DEVNULL if program == "pg_ctl" else None,
            extra_groups=[] if user else None,
            **user,
        )

    def start_databases(self):
        self.folder.chmod(0o777)
        self.databases = {}
        self.start_database("primary")
        self.start_database("replica")

    def start_database(self, name):
        data, sockets = self.folder / name, self.folder / f"{name}-socket"
        sockets.mkdir()
        sockets.chmod(0o777)
        if name == "primary":
            options = "-U lawblog -A trust -E UTF8 --locale C.UTF-8 -N -D".split()
            self.postgres("initdb", *options, data)
        else:
            options = "-U lawblog -R -c fast --no-sync -X stream -D".split()
            source = self.folder / "primary-socket"
            self.postgres("pg_basebackup", "-h", source, *options, data)
        asked = f"-c listen_addresses='' -k {sockets} {QUICK}"
        log = self.folder / f"{name}.log"
        begin = ("-D", data, "-w", "-l", log, "-o", asked, "start")
        self.postgres("pg_ctl", *begin)
        end = ("-D", data, "-m", "immediate", "stop")
        self.stack.callback(self.postgres, "pg_ctl", *end)
        self.databases[name] = f"postgres://lawblog@/postgres?host={sockets}"

    def start_redis(self):
        command = [PROGRAMS["redis"], "--port", "0", "--save", "", "--dir", self.folder]
        command += ["--unixsocket", self.redis_socket]
        self.redis = self.start("redis", command)
        wait_until(lambda: os.path.exists(self.redis_socket))

    def environment(self, port=None):
        var = self.folder / f"var-{port or self.a}"
        var.mkdir(exist_ok=True)
        name_static_files(var)
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lawblog.settings",
            "SITE_URL": f"http://127.0.0.1:{self.front}",
            "VAR_DIR": str(var),
            "DATABASE_URL": self.databases["primary"],
            "DATABASE_REPLICA_URL": self.databases.get("replica", ""),
            "REDIS_URL": f"unix://{self.redis_socket}" if self.redis_socket else "",
            "PYTHONWARNINGS": "ignore",
        }

    def start_site(self, port):
        environment = self.environment(port) | {"WORKERS": str(self.workers)}
        folder = Path(sys.executable).parent
        environment["PATH"] = f"{folder}:{environment['PATH']}"
        command = [ROOT / "deploy/serve", str(port)]
        return self.start(f"site-{port}", command, env=environment)

    def start_desk(self):
        """A process on machine A that makes changes: Python, line by line."""
        pipe = subprocess.PIPE
        self.desk = subprocess.Popen(
            [sys.executable, "-c", DESK],
            cwd=ROOT,
            env=self.environment(),
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.stack.callback(self.desk.communicate)

    def change(self, line):
        self.desk.stdin.write(f"{line}\n")
        self.desk.stdin.flush()
        assert self.desk.stdout.readline() == "committed\n"

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
