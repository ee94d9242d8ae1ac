"""The docs name every setting, command, public address and desk page, and no other."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.admin import ModelAdmin
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from helpers.served import ROOT

from lawblog.people.urls import urlpatterns as of_accounts

REFERENCE = (ROOT / "docs/reference.md").read_text()
OURS = ("lawblog", "offices", "posts")
PICTURE = "pictures/" + "0" * 32 + "-1x1.png"
# Under /admin/ without belonging to a model's admin.
AT_THE_DESK = set(
    "record upload calendar launch backups notices notices-test notices-decline".split()
)
AT_THE_DESK |= {"paste", "everything-download"}
AT_THE_DESK |= {"people", "people-invite", "people-act", "sign-ins", "account_login"}
AT_THE_DESK |= {"backup-download", "captures", "capture-file", "capture-proof"}
AT_THE_DESK |= {"capture-prune"}
AT_THE_DESK |= {pattern.name for pattern in of_accounts}
# What Django's admin gives every model and the site itself.
DJANGOS = re.compile(
    r"(?:\w+_(?:changelist|add|change|delete)|auth_\w+|index|log(?:in|out)|jsi18n"
    r"|password_change(?:_done)?|autocomplete|view_on_site|app_list)"
)


def section(title: str) -> list[list[list[str]]]:
    """The rows of the table under a heading, each with the names in backticks of each
    of its columns."""
    text = REFERENCE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line[:3] == "| `"]
    return [[re.findall(r"`([^`]+)`", column) for column in row] for row in rows]


def names(title: str) -> set[str]:
    return {name for row in section(title) for name in row[0]}


def patterns(
    found: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """(name with its namespace, pattern) of every address that has a name."""
    for pattern in found:
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern.url_patterns, inside)
        elif pattern.name:
            yield namespace + pattern.name, pattern


def addresses() -> list[str]:
    return [name for name, _ in patterns(get_resolver().url_patterns)]


def desk_pages() -> set[str]:
    """The names of the desk's pages that are not Django's; a model's history is ours
    where a page of our own answers at it."""
    djangos = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_history"
        for model in apps.get_models()
    }
    every = {name for name in addresses() if name.startswith("admin:")}
    own = {n for n, p in patterns(get_resolver().url_patterns) if is_ours(p)}
    return {
        name.partition(":")[2]
        for name in every - (djangos - own)
        if not DJANGOS.fullmatch(name.partition(":")[2])
    }


def is_ours(pattern: URLPattern) -> bool:
    view = pattern.callback
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view.__module__.startswith(OURS) and not isinstance(
        getattr(view, "__self__", None), ModelAdmin
    )


def test_every_setting_is_in_the_docs() -> None:
    settings = (ROOT / ".env.example").read_text()
    docs = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    text = "\n".join(path.read_text() for path in docs)
    listed = re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", settings, re.MULTILINE)
    assert listed and [n for n in listed if not re.search(rf"`{n}`", text)] == []


def test_every_command_of_ours_is_in_the_reference() -> None:
    commands = get_commands().items()
    ours = {name for name, app in commands if app.partition(".")[0] in OURS}
    assert names("Commands") == ours


def test_every_public_address_is_in_the_reference() -> None:
    public = {name for name in addresses() if not name.startswith("admin:")}
    assert names("For readers") == public - AT_THE_DESK


def test_every_desk_page_of_ours_is_in_the_reference() -> None:
    assert names("At the desk") == desk_pages() | AT_THE_DESK


@pytest.mark.parametrize("title", ["For readers", "At the desk"])
def test_each_example_leads_where_the_reference_says(title: str) -> None:
    rows = section(title)
    assert rows
    for row in rows:
        found = [
            resolve(path.replace("{picture}", PICTURE)).view_name for path in row[1]
        ]
        assert [name.removeprefix("admin:") for name in found] == row[0]
