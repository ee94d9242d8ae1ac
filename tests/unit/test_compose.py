"""compose.yaml and Dockerfile fit each other, the settings and what they start.

No engine is asked: a YAML parser reads the one, a few patterns the other.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: of for name, of in SERVICES.items() if of.get("build")}
SITES = {name: of for name, of in OURS.items() if of["build"]["target"] == "site"}
STAGES = dict(re.findall(r"(?ms)^FROM \S+ AS (\w+)$(.*?)(?=^FROM|\Z)", DOCKERFILE))

# What Python and the shell are told.
PYTHONS = ("PATH", "PYTHONDONTWRITEBYTECODE")


def commands(service: dict[str, Any]) -> list[str]:
    """The commands of manage.py that it runs."""
    return re.findall(r"manage\.py (\w+)", service.get("command", ""))


def test_what_a_service_uses_is_declared_and_what_is_declared_is_used() -> None:
    mounts = [mount for of in SERVICES.values() for mount in of.get("volumes", [])]
    assert {mount.split(":")[0] for mount in mounts} == set(COMPOSE["volumes"])
    secrets = [name for of in SERVICES.values() for name in of.get("secrets", [])]
    assert set(secrets) == set(COMPOSE["secrets"])
    assert {of["build"]["target"] for of in OURS.values()} == set(STAGES)


@pytest.mark.parametrize("name", OURS)
def test_a_service_can_write_where_its_image_does_and_nowhere_else(name: str) -> None:
    service = SERVICES[name]
    stage = STAGES[service["build"]["target"]]
    assert service["read_only"] and service["tmpfs"] == ["/tmp"]  # noqa: S108
    assert service["cap_drop"] == ["ALL"]
    (places,) = re.findall(r"(?m)^VOLUME (.+)$", stage)
    mounted = {mount.split(":")[1] for mount in service["volumes"]}
    assert set(places.split()) <= mounted
    # Not root, and what it writes is its own.
    (user,) = re.findall(r"(?m)^USER (\d+)$", stage)
    assert int(user) > 0
    for place in places.split():
        assert re.search(rf"install -d .*-o \w+ -g lawblog {place}\b", stage)


@pytest.mark.parametrize("name", SITES)
def test_the_settings_know_what_a_service_is_told(name: str) -> None:
    """And each file that it is told of is given to it."""
    known = set(re.findall(r"(?m)^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text()))
    told = dict(SITES[name]["environment"])
    told |= re.findall(r"([A-Z_]+)=(\S+)", re.findall(r"ENV (.+)", STAGES["site"])[0])
    for setting in PYTHONS:
        told.pop(setting)
    for setting, value in told.items():
        assert setting.removesuffix("_FILE") in known, setting
        if setting.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in SITES[name]["secrets"]


def test_each_command_is_there_and_so_is_the_health_check() -> None:
    run = [name for service in SITES.values() for name in commands(service)]
    assert {"migrate", "collectstatic", "setup", "housekeeping"} == set(run)
    assert set(run) <= set(get_commands())
    for program in re.findall(r'CMD \["(deploy/\w+)"', DOCKERFILE):
        assert os.access(ROOT / program, os.X_OK), program
    assert "HEALTHCHECK" in STAGES["site"]


def test_whoever_waits_for_health_waits_for_one_that_is_checked() -> None:
    for service in SERVICES.values():
        for name, how in service.get("depends_on", {}).items():
            other = SERVICES[name]
            checked = other.get("healthcheck", {})
            if how["condition"] == "service_healthy":
                assert not checked.get("disable")
                assert "test" in checked or "HEALTHCHECK" in STAGES["site"]
            else:
                assert how["condition"] == "service_completed_successfully"
                assert other["restart"] == "no", "it would never be completed"


def test_what_an_image_copies_is_not_kept_from_it() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    let_in = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    for pattern in let_in:
        assert list(ROOT.glob(pattern)), pattern
    for source in re.findall(r"(?m)^COPY (\S+) ", DOCKERFILE):
        assert source == "." or any(Path(source).match(each) for each in let_in), source
    needed = {"manage.py", "lawblog", "offices", "posts", "templates", "deploy"}
    assert needed <= set(let_in)


def test_no_shell_chooses_the_name_of_the_site() -> None:
    """Some set HOST themselves, and what the shell has goes before .env."""
    asked = re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text())
    assert set(asked) == {"SITE_HOST", "OTHER_HOST"}
    printed = (ROOT / "docs/operate.md").read_text()
    assert all(f"{name}=" in printed for name in asked)
