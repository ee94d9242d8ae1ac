"""PostgreSQL with the tables and samples of a new site, in a folder, on a socket."""

import os
import subprocess
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from helpers.made_once import locked, made_once
from helpers.migrating import POSTGRES, fingerprint
from helpers.served import ROOT, free_port, name_static_files

QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"

DESK = """
import sys
from django.conf import settings
# Nobody signs in, and accounts are made.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
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


class Database:
    """.a: the port of the site; .front: that at which it is asked. `folder` has a short
    path: that of a socket has at most 107 bytes."""

    redis_socket = ""

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

    def take_over_site(self):
        """The tables and the samples of a new site, and what it keeps in its folder."""
        made = made_once("postgresql", fill_cluster)
        copy_all(made / "primary", self.folder / "primary")
        copy_all(made / "var", self.folder / f"var-{self.a}")

    def make_cluster(self):
        options = "-U lawblog -A trust -E UTF8 --locale C.UTF-8 -N -D".split()
        self.postgres("initdb", *options, self.folder / "primary")

    def start_database(self, name):
        data, sockets = self.folder / name, self.folder / f"{name}-socket"
        sockets.mkdir(exist_ok=True)
        sockets.chmod(0o777)
        if name == "replica":
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


class New(Database):
    """PostgreSQL with a new site, and no server."""

    def __init__(self, folder, stack):
        self.folder, self.stack, self.a = folder, stack, 0
        self.front = free_port()
        folder.chmod(0o777)
        self.databases = {}
        self.make_tables()
        self.start_database("primary")
        self.start_desk()
        self.change("call_command('setup', with_samples=True, stdout=sys.stderr)")
        self.end()

    def make_tables(self):
        """As what `migrate` makes of SQLite, they are kept from run to run."""
        kept = Path(os.environ["MIGRATED"])
        like = kept / f"{Path(POSTGRES).parent.name}-{fingerprint()}.cluster"
        with locked(kept / "clusters.lock"):
            if like.exists():
                return copy_all(like, self.folder / "primary")
            self.migrate()
            for former in kept.glob("*.cluster*"):
                rmtree(former)
            unfinished = like.with_suffix(".cluster-unfinished")
            copy_all(self.folder / "primary", unfinished)
            unfinished.rename(like)

    def migrate(self):
        self.make_cluster()
        self.start_database("primary")
        self.start_desk()
        self.change("call_command('migrate', verbosity=0)")
        self.end()

    def end(self):
        self.desk.communicate()
        self.postgres("pg_ctl", "-D", self.folder / "primary", "-m", "fast", "stop")


def fill_cluster(folder):
    with TemporaryDirectory(prefix="new-") as short, ExitStack() as stack:
        stack.enter_context(suppress(subprocess.CalledProcessError))
        New(Path(short), stack)
        copy_all(Path(short, "primary"), folder / "primary")
        copy_all(Path(short, "var-0"), folder / "var")


def copy_all(source, target):
    """With owners, which PostgreSQL looks at."""
    subprocess.run(["cp", "--archive", source, target], check=True)
