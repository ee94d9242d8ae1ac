"""make bench: what a page costs here, beside nginx serving the same bytes from a file.

Needs wrk and nginx (Debian: wrk, nginx), Linux, and nothing from outside this machine.
Where a Wagtail is installed (bench_wagtail.py), it is measured in the same run.
CPU per request is the figure to compare: it hardly moves when the machine is busy.
"""

import gzip
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

import bench_wagtail

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
SECONDS = 4
TICK = os.sysconf("SC_CLK_TCK")
FILE = "nginx, the same bytes from a file"
FRONT = "nginx with deploy/nginx.conf before us"
FILE_TLS = "nginx by https, the same from a file"
FRONT_TLS = "nginx by https with deploy/nginx.conf"
ALONE = "our server, the same bytes from memory"
KEPT = "kept article"


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def family(pid):
    """A process and its children and theirs, as ids."""
    listed = subprocess.run(
        ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = [pid]
    for parent in found:
        found += [child for child, of in rows if of == parent]
    return found


def cpu(pids):
    """Seconds of CPU of these families: (in their programs, in the kernel)."""
    user = kernel = 0
    for member in [member for pid in pids for member in family(pid)]:
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        user, kernel = user + int(fields[11]), kernel + int(fields[12])
    return user / TICK, kernel / TICK


def memory(pid):
    """MiB of proportional memory (PSS) of the family."""
    total = 0
    for member in family(pid):
        for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def measure(pids, url, encoding="gzip"):
    """(CPU µs a request, of these in the kernel, requests a second) of the servers
    behind a URL."""
    before = cpu(pids)
    accept = f"Accept-Encoding: {encoding}"
    wrk = ["wrk", "-t1", "-c32", f"-d{SECONDS}s", "-H", accept, url]
    report = subprocess.run(wrk, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in report:
        raise SystemExit(f"{url} answered with errors:\n{report}")
    requests = int(report.partition(" requests in ")[0].split()[-1])
    user, kernel = (now - then for now, then in zip(cpu(pids), before, strict=True))
    each = 1e6 / requests
    return (user + kernel) * each, kernel * each, requests / SECONDS


def least(pages, encoding, rounds):
    """Of some rounds, in which the pages take turns, each one's measure with the least
    CPU."""
    rounds = [
        {name: measure(pids, url, encoding) for name, (pids, url) in pages.items()}
        for _ in range(rounds)
    ]
    return {name: min(took[name] for took in rounds) for name in pages}


class Site:
    """A granian of our own; `seconds`: from its start to its first page."""

    def __init__(self, folder, port, pages_mb):
        self.url = f"http://127.0.0.1:{port}"
        environment = {**os.environ, "VAR_DIR": folder, "PAGES_MB": str(pages_mb)}
        environment |= {"SITE_URL": self.url, "BEHIND_PROXY": "True"}
        self.environment = environment | {"SECRET_KEY": "not-a-secret-" * 5}
        self.environment["PATH"] = f"{BIN}:{os.environ['PATH']}"
        if not (Path(folder) / "static").exists():
            for step in ("migrate", "collectstatic --no-input", "setup --with-samples"):
                self.run("manage.py", *step.split())
        began = time.monotonic()
        self.process = subprocess.Popen(
            [ROOT / "deploy/serve", str(port)], env=self.environment
        )
        wait_for(f"{self.url}/posts/")
        self.seconds = time.monotonic() - began

    def run(self, *command):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(done.stderr)
        return done.stdout.strip()


def wait_for(url):
    # An address of our own, with a certificate of its own.
    context = ssl._create_unverified_context()  # noqa: S323
    for _ in range(600):
        try:
            return urlopen(url, context=context).read()  # noqa: S310
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"Nothing answers at {url}.")


def nginx(folder, site, article):
    """(process, addresses: by name, of the static file and in front of the site, each
    without TLS and with it)."""
    ports = {name: free_port() for name in (FILE, FRONT, FILE_TLS, FRONT_TLS)}
    with urlopen(site.url + article) as answer:  # noqa: S310 - an address of our own
        page, told = answer.read(), answer.headers.items()
    # The same bytes: nginx's own four aside, the page's headers are sent there too.
    own = ("content-length", "content-type", "etag", "date", "server", "connection")
    headers = "".join(
        f"add_header {name} {json.dumps(value)};"
        for name, value in told
        if name.lower() not in own
    )
    (folder / "page.html").write_bytes(page)
    (folder / "page.html.gz").write_bytes(gzip.compress(page, 6))
    certificate(folder)
    tls = (
        f"ssl_certificate {folder}/certificate; ssl_certificate_key {folder}/key;\n"
        f"listen 127.0.0.1:%s; listen 127.0.0.1:%s ssl;"
    )
    # The recipe as it is, but for what belongs to one machine.
    recipe = (ROOT / "deploy/nginx.conf").read_text()
    recipe = re.sub(r"\n *ssl_certificate.*", "", recipe)
    recipe = recipe.replace("listen 443 ssl;", tls % (ports[FRONT], ports[FRONT_TLS]))
    recipe = recipe.replace("/var/cache/nginx", str(folder))
    recipe = recipe.replace("unix:/run/lawblog/site.sock", site.url.partition("//")[2])
    recipe = recipe.replace("Host $http_host", f"Host {site.url.partition('//')[2]}")
    (folder / "nginx.conf").write_text(
        f"""daemon off; worker_processes 2; pid {folder}/pid; user root;
        events {{ }}
        http {{
            keepalive_requests 1000000; default_type text/html;
            server {{ {tls % (ports[FILE], ports[FILE_TLS])} root {folder};
                      access_log off; gzip_static on; {headers} }}
            {recipe}
        }}"""
    )
    process = subprocess.Popen(
        ["nginx", "-c", folder / "nginx.conf", "-e", "/dev/null"]
    )
    return process, {
        FILE: f"http://127.0.0.1:{ports[FILE]}/page.html",
        FRONT: f"http://127.0.0.1:{ports[FRONT]}{article}",
        FILE_TLS: f"https://127.0.0.1:{ports[FILE_TLS]}/page.html",
        FRONT_TLS: f"https://127.0.0.1:{ports[FRONT_TLS]}{article}",
    }


def certificate(folder):
    asked = "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
    files = ["-keyout", folder / "key", "-out", folder / "certificate"]
    subprocess.run(
        ["openssl", *asked.split(), "-subj", "/CN=127.0.0.1", *files],
        capture_output=True,
        check=True,
    )


def alone(folder, site, article):
    """(process, address) of the same server, with the same options, that answers each
    request with the page from memory: what no site behind it can be cheaper than."""
    with urlopen(site.url + article) as answer:  # noqa: S310 - an address of our own
        body, told = gzip.compress(answer.read(), 6), dict(answer.headers.items())
    headers = told | {"content-encoding": "gzip", "content-length": str(len(body))}
    headers.pop("connection", None)
    (folder / "constant.py").write_text(
        "import multiprocessing\n"
        "from granian.cli import entrypoint\n"
        "from granian.server import mp\n"
        f"BODY, HEADERS = {body!r}, {[*headers.items()]!r}\n"
        "def application(request, environ):\n"
        "    request.response_bytes(200, HEADERS, BODY)\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method('fork')\n"
        "    mp._wsgi_call_wrap = lambda *options: application\n"
        "    entrypoint()\n"
    )
    port = free_port()
    options = (ROOT / "deploy/serve").read_text().partition("lawblog.serving ")[2]
    for name, value in {
        "\\\n": " ",
        "$where": f"--host 127.0.0.1 --port {port}",
        '"$WORKERS"': "2",
        '"$THREADS"': "6",
        "lawblog.wsgi:": "constant:",
    }.items():
        options = options.replace(name, value)
    command = [sys.executable, "-m", "constant", *options.split()]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.Popen(command, env=environment), f"http://127.0.0.1:{port}/"


def table(rows):
    limit = rows[FILE][0]
    print(f"{'':42}{'CPU µs/request':>15}{'kernel':>8}{'of the file':>13}{'req/s':>9}")
    for name, (micro, kernel, rate) in rows.items():
        ratio = f"{micro / limit:.2f}x"
        print(f"{name:42}{micro:15.1f}{kernel:8.1f}{ratio:>13}{rate:9,.0f}")
    # As readers get it.
    print(
        f"recipe by https: {rows[FILE_TLS][0] / rows[FRONT_TLS][0]:.2f} of nginx's own"
    )
    server, kept = rows[ALONE][0], rows[KEPT][0]
    print(
        f"of a kept article {server:.1f} µs are the server's, whatever it serves, and "
        f"{kept - server:.1f} ours; 1.6 times the file is {1.6 * limit:.1f}"
    )


def bench(folder, stop):
    kept = Site(folder, free_port(), 32)
    stop.append(kept.process)
    article = "/posts/sample-notice-to-appear/"
    server, addresses = nginx(Path(folder), kept, article)
    stop.append(server)
    constant, bare = alone(Path(folder), kept, article)
    stop.append(constant)
    # The site is asked but once a second, so that its part of the recipe's is little.
    both = [server.pid, kept.process.pid]
    pages = {name: (both, url) for name, url in addresses.items()}
    pages |= {
        ALONE: ([constant.pid], bare),
        KEPT: ([kept.process.pid], kept.url + article),
    }
    for _, url in pages.values():
        wait_for(url)
    rows = least(pages, "gzip", 5)
    pss = memory(kept.process.pid)
    stress = kept.run("tests/helpers/stress.py", f"{kept.url}/", *sys.argv[1:3])
    fresh = Site(folder, free_port(), 0)
    stop.append(fresh.process)
    rendered = {
        "article, rendered": ([fresh.process.pid], fresh.url + article),
        "list, rendered": ([fresh.process.pid], fresh.url + "/posts/"),
    }
    if bench_wagtail.command():
        peer, url = bench_wagtail.start(Path(folder) / "wagtail", free_port())
        stop.append(peer)
        wait_for(url)
        rendered["Wagtail's article, rendered"] = [peer.pid], url
    # Not compressed, which Wagtail leaves to others.
    table(rows | least(rendered, "identity", 3))
    print(f"start of two workers {kept.seconds:.1f} s, memory (PSS) {pss:.0f} MiB")
    print(f"{sys.argv[2]} readers: {stress}")


def main():
    missing = [name for name in ("wrk", "nginx") if not shutil.which(name)]
    if missing:
        raise SystemExit(f"Install {' and '.join(missing)} first.")
    stop = []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        try:
            bench(folder, stop)
        finally:
            for process in stop:
                process.terminate()
                process.wait(20)


if __name__ == "__main__":
    sys.argv += ["1000", "32"][len(sys.argv) - 1 :]
    main()
