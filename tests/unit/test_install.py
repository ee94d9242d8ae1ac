"""deploy/install, without doing anything; "make install-test" does it on a machine."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INSTALL = ROOT / "deploy/install"
SITE = ["--site", "https://www.example.org"]
DEBIAN = "debian" in Path("/etc/os-release").read_text()
on_debian = pytest.mark.skipif(not DEBIAN, reason="this is not Debian")


def install(*words: str) -> subprocess.CompletedProcess[str]:
    command = [INSTALL, "--dry-run", *words]
    return subprocess.run(command, capture_output=True, text=True)


def named(recipe: str, host: str, other: str) -> str:
    """What the script makes of a recipe."""
    script = f'. {ROOT}/deploy/common.sh; named "$@"'
    command = ["bash", "-euc", script, "bash", recipe, host, other]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "give the site's address"),
        (["--site", "http://www.example.org"], "give the site's address"),
        (["--site", "https://www.example.org/blog"], "give the site's address"),
        (["--site", "https://$(reboot).org"], "give the site's address"),
        (["--site"], "--site needs a value"),
        (["--sight", "x"], "what is --sight?"),
        ([*SITE, "--database", "mysql"], "--database is sqlite, postgres or"),
        ([*SITE, "--proxy", "apache"], "--proxy is caddy, nginx or none"),
        ([*SITE, "--tls", "none"], "--tls is public or internal"),
        ([*SITE, "--with", "kafka"], "--with is redis, s3"),
        ([*SITE, "--wheels", "/nowhere"], "there is no folder /nowhere"),
    ],
)
def test_what_it_does_not_know_is_refused_by_name(
    words: list[str], sentence: str
) -> None:
    done = install(*words)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "would" not in done.stdout


@on_debian
def test_a_dry_run_only_says_what_it_would_do() -> None:
    done = install(*SITE, "--database", "postgres")
    assert done.returncode == 0, done.stderr
    assert "would write: /etc/systemd/system/lawblog.service" in done.stdout
    assert "would make the PostgreSQL user and database" in done.stdout
    assert not Path("/etc/lawblog").exists()


@on_debian
@pytest.mark.parametrize(
    ("proxy", "file"), [("caddy", "/etc/caddy/Caddyfile"), ("nginx", "lawblog.conf")]
)
def test_the_web_server_is_the_one_that_was_asked_for(proxy: str, file: str) -> None:
    said = install(*SITE, "--proxy", proxy).stdout
    assert file in said
    assert said.count("would run: systemctl restart") == 2


@pytest.mark.parametrize("recipe", ["Caddyfile", "nginx.conf", "nginx-hosts.conf"])
@pytest.mark.parametrize("other", ["example.org", ""])
def test_a_recipe_names_this_site_only(recipe: str, other: str) -> None:
    text = named(recipe, "www.example.org", other)
    assert "example.com" not in text
    assert "www.example.org" in text
    assert re.search(r"(?<!\.)\bexample\.org\b", text) is None or other


@pytest.mark.skipif(not shutil.which("caddy"), reason="no caddy found: install it")
@pytest.mark.parametrize("other", ["example.org", ""])
def test_caddy_accepts_the_recipe_with_this_sites_names(
    tmp_path: Path, other: str
) -> None:
    file = tmp_path / "Caddyfile"
    file.write_text(named("Caddyfile", "www.example.org", other))
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", file]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_release_holds_no_secret_and_nothing_of_this_machine() -> None:
    script = f". {ROOT}/deploy/common.sh; source_files | tar -t"
    names = subprocess.run(
        ["bash", "-euc", script], capture_output=True, text=True, check=True
    ).stdout.split("\n")
    assert "./manage.py" in names
    first = {name.split("/")[1] for name in names if name.count("/")}
    assert not first & {".env", ".venv", ".git", "var", "tests"}


def test_libraries_asked_for_later_are_installed_once(tmp_path: Path) -> None:
    (tmp_path / ".venv/lib/python3.11/site-packages/redis").mkdir(parents=True)
    script = f". {ROOT}/deploy/common.sh; libraries() {{ shift; echo $@; }}; "
    script += 'EXTRAS="redis s3"; extras "$1"'
    command = ["bash", "-euc", script, "bash", tmp_path]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["requirements-s3.lock"]


@pytest.mark.parametrize(
    "line",
    [
        "SITE_URL={}",
        'SITE_URL="{}"',
        "export SITE_URL='{}'\r",
        "SITE_URL= {}/ ",
        "SITE_URL={}/\r\n# SITE_URL=https://www.example.com",
    ],
)
def test_the_sites_address_is_read_however_its_file_has_it(
    tmp_path: Path, line: str
) -> None:
    (tmp_path / "env").write_bytes(line.format(SITE[1]).encode())
    script = f". {ROOT}/deploy/common.sh; ETC={tmp_path}; echo $(site_url)"
    found = subprocess.check_output(["bash", "-euc", script], text=True)
    assert found == f"{SITE[1]}\n"


def test_housekeeping_of_a_new_release_begins_when_that_answers() -> None:
    """Mail that it sent could not be taken back with the database."""
    script = (ROOT / "deploy/upgrade").read_text()
    begins = script.rindex("systemctl start lawblog-housekeeping.timer")
    assert script.index("\nanswers / ") < begins
    back = script[script.index("\nback()") : script.index("\n}\n")]
    assert back.index("systemctl stop $ALL") < back.index("snapshot.py restore")
    assert "systemctl start lawblog.service lawblog-housekeeping.timer" in back


def shared(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    """What a script does with what install and upgrade share."""
    command = ["bash", "-euc", f". {ROOT}/deploy/common.sh; {script}", "bash", *words]
    return subprocess.run(command, capture_output=True, text=True, input="new words\n")


def test_too_little_room_is_told_before_anything_is_touched(tmp_path: Path) -> None:
    folder = f"{tmp_path}/not/yet/there"
    assert shared('room "$@"; echo on', folder, "0").stdout == "on\n"
    done = shared('room "$@"; echo on', folder, "999999999")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"the disk with {folder} has" in done.stderr
    assert "make room first. Nothing was changed" in done.stderr
    for program in ("install", "upgrade"):
        assert re.search(r'room "\$APP" \d', (ROOT / "deploy" / program).read_text())


def test_a_failed_installation_leaves_no_half_a_release(tmp_path: Path) -> None:
    release = tmp_path / "releases/new"
    stand_ins = f"""APP={tmp_path}
        source_files() {{ tar --create --files-from /dev/null; }}
        python3() {{ install -D /bin/true "$3/bin/python"; }}
        """
    ends = {"die 'no way there'": 1, "kill -TERM $BASHPID": 143, "true": 0}
    for end, code in ends.items():
        program = f'{stand_ins} libraries() {{ {end}; }}; build_release "$1"; echo on'
        done = shared(program, str(release))
        assert (done.returncode, release.exists()) == (code, not code), done.stderr
        assert done.stdout.endswith("on\n") is not code
    # The one that is served, whatever became of it.
    (release / ".complete").unlink()
    (tmp_path / "current").symlink_to(release)
    shared(f"{stand_ins} libraries() {{ die; }}; build_release $1", str(release))
    assert (release / ".venv").exists()


def test_a_full_disk_leaves_no_half_a_file_of_settings(tmp_path: Path) -> None:
    """An empty key would be there the next time, and stay."""
    file = tmp_path / "secret-key"
    file.write_text("former words")
    breaks = 'install() { echo -n half >"${@: -2:1}"; return 1; }; '
    done = shared(f'{breaks} put "$@"; echo on', str(file), "600")
    assert (done.returncode, done.stdout) == (1, "")
    assert "could not be written: make room" in done.stderr
    assert file.read_text() == "former words" and [*tmp_path.iterdir()] == [file]
    done = shared('put "$@"', str(file), "600", "root")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("new words\n", 0o600)
