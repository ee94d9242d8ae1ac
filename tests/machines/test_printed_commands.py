"""Each command that README and docs print works as printed, after `make run`."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands
from helpers.clones import TwoRuns, surroundings
from helpers.forking import Forked, forking
from helpers.served import ROOT

DOCS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
MANAGE = ".venv/bin/python manage.py "
# What is not run here, and why.
ELSEWHERE = {
    "sudo ": "needs a machine of its own: tests/install-test installs and upgrades one",
    "deploy/install ": "as above; tests/unit/test_install.py reads what it would do",
    "git clone ": "names a place that only whoever runs it knows",
    "cd lawblog ": "follows the line above",
    "echo ": "writes what a later line reads, on that machine",
    "umask ": "begins a machine's secrets, for the image",
    "openssl ": "as above",
    "chmod ": "as above",
    "printf ": "as above",
    "docker ": "needs an engine; tests/machines/test_recipes.py reads the compose file",
    "make run": "starts the site below",
    "make test": "is what runs this",
    "make check": "is a step of CI of its own",
    "DATABASE_URL=postgres://": "names somebody's server; the suite runs on PostgreSQL",
    "export ": "is set for the commands after it",
    ".venv/bin/granian ": "serves in test_unseen_served.py",
}
# Files that the commands name, by what lies in for them.
FILES = {"saved-page.txt": "tests/data/wix_page.txt"}
# A new site is not ready for the public, and this command says so.
EXITS = {"check --deploy": 1}


def blocks() -> Iterator[tuple[str, list[str]]]:
    """(file, its lines) of each printed block."""
    for path in DOCS:
        for block in BLOCK.findall(path.read_text()):
            yield path.name, [line for line in block.splitlines() if line]


PRINTED = list(blocks())
RUN = [
    pytest.param(lines, id=f"{document}: {lines[0]}")
    for document, lines in PRINTED
    if any(line.startswith(MANAGE) for line in lines)
]


@pytest.fixture(scope="module")
def forked_there(runs: TwoRuns, clone: Path) -> Iterator[Forked]:
    with forking(clone, surroundings()) as forked:
        yield forked


@pytest.fixture
def lying_in(runs: TwoRuns, clone: Path) -> Path:
    """The clone, and in it the files that the commands name."""
    for name, source in FILES.items():
        (clone / name).write_bytes((ROOT / source).read_bytes())
    return clone


def test_every_printed_line_is_run_or_its_test_is_named() -> None:
    known = (MANAGE, *ELSEWHERE)
    lines = [line for _, block in PRINTED for line in block]
    assert [line for line in lines if not line.startswith(known)] == []


@pytest.mark.parametrize("block", RUN)
def test_a_printed_block_works_as_printed(
    lying_in: Path, forked_there: Forked, block: list[str]
) -> None:
    """Line after line, with what is exported above it."""
    key = lying_in / "a-key"
    key.write_text("not-a-secret-" * 5)
    exports: dict[str, str] = {}
    for line in block:
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            exports[name] = value.replace("/run/secrets/lawblog", str(key))
        if not line.startswith(MANAGE):
            continue
        done = forked_there(*words(line), env=surroundings(**exports))
        expected = next((code for name, code in EXITS.items() if name in line), 0)
        assert done.returncode == expected, line + done.stdout + done.stderr
        assert "Traceback" not in done.stderr, line


def words(line: str) -> list[str]:
    """What the shell gives Python: of a line that does more with it nothing is left."""
    split = ["bash", "-c", f"printf '%s\\0' {line}"]
    python, *given, _ = subprocess.check_output(split, text=True).split("\0")
    assert python == MANAGE.split()[0]
    return given


NAMED = re.compile(r"`(?:\S*python )?(?:\./)?manage\.py ([a-z_]+)|`lawblog ([a-z_]+)`")
TARGETS = re.compile(r"`(?:sudo )?make ([\w-]+)`")


def test_each_command_and_target_that_a_sentence_names_is_there() -> None:
    text = "\n".join(path.read_text() for path in DOCS)
    commands = {name for found in NAMED.findall(text) for name in filter(None, found)}
    assert commands - set(get_commands()) == set()
    makefile = (ROOT / "Makefile").read_text()
    made = set(re.findall(r"^([\w -]+):", makefile, re.MULTILINE))
    known = {target for line in made for target in line.split()}
    assert set(TARGETS.findall(text)) - known == set()
