"""requirements.lock, which servers install, made from requirements.txt."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTS = ["requirements.txt", "requirements-s3.txt", "requirements-redis.txt"]
SITE, TOOLS = (ROOT / "requirements.txt").read_text().split("# Tests and checks -")


def pins(text: str) -> set[tuple[str, str]]:
    """{(name, version)} of each line of a list or lock, names as pip compares them."""
    found = re.findall(r"^([\w.-]+)(?:\[\w+\])?==([\w.]+)", text, re.MULTILINE)
    return {(re.sub("[-_.]+", "-", name).lower(), version) for name, version in found}


def lock(name: str) -> str:
    return (ROOT / name).with_suffix(".lock").read_text()


@pytest.mark.parametrize("name", LISTS)
def test_the_lock_holds_every_pin_of_the_list(name: str) -> None:
    listed = SITE if name == "requirements.txt" else (ROOT / name).read_text()
    assert pins(listed) <= pins(lock(name)), "run make lock"


def test_nothing_is_locked_that_the_list_does_not_argue_for() -> None:
    # What only Windows needs, where this site is not served.
    elsewhere = {"colorama", "tzdata"}
    extra = {name for name, version in pins(lock("requirements.txt")) - pins(SITE)}
    assert extra <= elsewhere


@pytest.mark.parametrize("name", LISTS)
def test_every_locked_version_has_its_hashes(name: str) -> None:
    for line in re.split(r"\n(?=\w)", lock(name).split("\n\n")[-1])[1:]:
        assert "==" in line and "--hash=sha256:" in line, line


@pytest.mark.parametrize("name", LISTS)
def test_a_lock_names_no_host(name: str) -> None:
    assert "://" not in lock(name)


def test_a_server_gets_no_test_tools() -> None:
    tools = {name for name, version in pins(TOOLS)}
    assert "pytest-django" in tools
    assert not tools & {name for name, version in pins(lock("requirements.txt"))}


@pytest.mark.parametrize(
    "name", ["django", "django-ckeditor", "psycopg2-binary", "pytest-django"]
)
def test_what_the_firm_named_stands_in_requirements_txt(name: str) -> None:
    assert name in {pin for pin, version in pins(SITE + TOOLS)}
