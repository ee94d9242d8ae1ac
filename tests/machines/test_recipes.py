"""What deploy/ holds is accepted by the programs that it is for."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
OPERATE = ROOT / "docs/operate.md"
# Debian keeps some programs from users; "make lock" has brought those of .ci.
PATH = f"{os.environ['PATH']}:/usr/sbin:{ROOT}/.venv/ci/bin"
# The least exposed that a service with a network and a database can well be.
MOST_EXPOSED = 2.0


def run(program: str, *words: object) -> str:
    """What the program says, on both outputs; skips where Debian has not got it."""
    path = shutil.which(program, path=PATH)
    if not path and not os.environ.get("REQUIRE_ALL"):
        pytest.skip(f"no {program} found: install it (.ci/run does)")
    assert path, f"{program} is missing"
    done = subprocess.run([path, *map(str, words)], capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


@pytest.mark.parametrize("unit", ["lawblog.service", "lawblog-housekeeping.service"])
def test_a_service_can_reach_little_else(unit: str) -> None:
    file = DEPLOY / "systemd" / unit
    said = run("systemd-analyze", "security", "--offline=true", file)
    (exposure,) = re.findall(r"Overall exposure level .*: ([\d.]+)", said)
    assert float(exposure) <= MOST_EXPOSED


def test_systemd_knows_every_word_of_the_units(tmp_path: Path) -> None:
    """Verified with programs that are here, since the site's own are not installed."""
    for unit in (DEPLOY / "systemd").iterdir():
        text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text)
    said = run("systemd-analyze", "verify", *sorted(tmp_path.iterdir()))
    ours = [line for line in said.splitlines() if "lawblog" in line]
    assert ours == []


@pytest.mark.parametrize("recipes", [["Caddyfile"], ["Caddyfile", "onion/Caddyfile"]])
def test_caddy_accepts_the_recipe(tmp_path: Path, recipes: list[str]) -> None:
    file = tmp_path / "Caddyfile"
    file.write_text("".join((DEPLOY / name).read_text() for name in recipes))
    run("caddy", "validate", "--adapter", "caddyfile", "--config", file)


def nginx(tmp_path: Path, text: str) -> str:
    """What nginx says of servers, with a certificate where they look for theirs."""
    pem = tmp_path / "pem"
    subject = ["-subj", "/CN=www.example.com", "-nodes", "-newkey", "rsa:2048"]
    run("openssl", "req", "-x509", *subject, "-keyout", pem, "-out", tmp_path / "crt")
    pem.write_text(pem.read_text() + (tmp_path / "crt").read_text())
    text = re.sub(r"/etc/ssl/[\w.]+/\w+\.pem", str(pem), text)
    text = text.replace("/var/cache/nginx", str(tmp_path))
    user = "user root;" if os.getuid() == 0 else ""
    whole = tmp_path / "whole.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; {user} events {{}}"
        f"http {{ client_body_temp_path {tmp_path}/body;\n{text}\n}}"
    )
    return run("nginx", "-t", "-e", tmp_path / "log", "-c", whole)


def test_nginx_accepts_the_recipes(tmp_path: Path) -> None:
    names = ("nginx.conf", "nginx-hosts.conf", "onion/nginx.conf")
    said = nginx(tmp_path, "\n".join((DEPLOY / name).read_text() for name in names))
    assert "[warn]" not in said


def test_nginx_accepts_what_the_documents_print(tmp_path: Path) -> None:
    blocks = re.findall(r"(?ms)^```nginx\n(.*?)^```", OPERATE.read_text())
    for block in blocks:
        assert "[warn]" not in nginx(tmp_path, block)
    assert blocks


def test_no_printed_restore_meets_housekeeping_that_tries_a_backup() -> None:
    """The timer's service holds the same lock, and stopping the timer leaves it."""
    blocks = re.findall(r"(?ms)^```sh\n(.*?)^```", OPERATE.read_text())
    found = [
        block for block in blocks if re.search("lawblog restore (?!--check)", block)
    ]
    assert len(found) == 3
    for block in found:
        stop = block.index("systemctl stop 'lawblog*'")
        assert "lawblog restore" not in block[:stop].replace("restore --check", "")


def test_tor_accepts_the_onion_service(tmp_path: Path) -> None:
    torrc = (DEPLOY / "onion/torrc").read_text()
    torrc = torrc.replace("/var/lib/tor", str(tmp_path / "tor"))
    (tmp_path / "torrc").write_text(f"DataDirectory {tmp_path}/data\n{torrc}")
    said = run("tor", "--verify-config", "-f", tmp_path / "torrc")
    assert "Configuration was valid" in said


PROXIES = ["Caddyfile", "nginx.conf", "onion/Caddyfile", "onion/nginx.conf"]


@pytest.mark.parametrize("recipe", PROXIES)
def test_a_proxy_reads_a_request_whole_before_a_worker_does(recipe: str) -> None:
    text = (DEPLOY / recipe).read_text()
    # nginx does unless told otherwise; Caddy does not.
    assert "buffer_requests" in text or "Caddyfile" not in recipe
    assert "proxy_request_buffering off" not in text


NGINX = ["nginx.conf", "nginx-hosts.conf", "onion/nginx.conf"]


@pytest.mark.parametrize("recipe", NGINX)
def test_no_server_of_nginx_logs_visitors(recipe: str) -> None:
    text = (DEPLOY / recipe).read_text()
    servers = len(re.findall(r"(?m)^server \{", text))
    assert text.count("access_log off;") == servers
    # Errors name the visitor.
    assert text.count("error_log stderr emerg;") == servers


def test_both_units_are_hardened_alike() -> None:
    """All lines from UMask= on, but for comments."""
    units = ["lawblog.service", "lawblog-housekeeping.service"]
    texts = [(DEPLOY / "systemd" / unit).read_text() for unit in units]
    ends = [text[text.index("UMask=") :].split("\n[Install]")[0] for text in texts]
    one, other = ({x for x in end.split("\n") if x[:1] not in "# "} for end in ends)
    assert one == other


def test_the_images_are_built_as_they_should_be() -> None:
    run("hadolint", ROOT / "Dockerfile")


def test_compose_knows_every_word() -> None:
    schema = ["--builtin-schema", "vendor.compose-spec"]
    run("check-jsonschema", *schema, ROOT / "compose.yaml")


SERVICES = (ROOT / "compose.yaml").read_text()


@pytest.mark.parametrize(
    "word", ["read_only: true", "cap_drop: [ALL]", "restart: always"]
)
def test_no_container_may_more_than_it_must(word: str) -> None:
    """All but the database take it from one place."""
    safe = SERVICES.partition("x-safe:")[2].partition("x-site:")[0]
    assert word in safe
    assert SERVICES.count("<<: *safe") + SERVICES.count("<<: *site") == 5
