"""Front matter: what a file of Jekyll, Hugo or Eleventy says above its text. Pure."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import yaml

from ..article import CannotRead

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FENCE = re.compile(r"(---|\+\+\+)[ \t]*\r?\n")
JSON = re.compile(r'\{\s*"')
_MAX_LENGTH = 20_000  # characters; PyYAML takes a second for 100,000
Values = dict[str, "str | list[str]"]


class FrontMatter:
    """Values by their names in small letters; each is a text or a list of texts."""

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        self.values = _only_texts(values or {})

    def first(self, *names: str) -> str:
        """The first value that is not empty, the names in order."""
        for name in names:
            value = self.values.get(name, "")
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, str) and value.strip():
                return value.strip()
        return ""

    def all(self, *names: str) -> list[str]:
        found: list[str] = []
        for name in names:
            value = self.values.get(name, [])
            # Jekyll: “categories: ICE Courts” are two.
            sign = "," if isinstance(value, str) and "," in value else None
            found += value.split(sign) if isinstance(value, str) else value
        return [one.strip() for one in found if one.strip()]


def split(text: str) -> tuple[FrontMatter, str]:
    """(front matter, the text after it); raises CannotRead for TOML that is broken."""
    if JSON.match(text):
        return _json(text)
    fence = FENCE.match(text)
    if not fence:
        return FrontMatter(), text
    end = re.compile(rf"^{re.escape(fence[1])}[ \t]*$", re.MULTILINE)
    found = end.search(text, fence.end(), fence.end() + _MAX_LENGTH)
    if not found:
        return FrontMatter(), text
    inside, rest = text[fence.end() : found.start()], text[found.end() :]
    return FrontMatter((_toml if fence[1] == "+++" else _yaml)(inside)), rest


def is_json(text: str) -> bool:
    """Whether a text begins with an object in JSON, as Hugo has it, and goes on."""
    head, rest = _json(text)
    return bool(head.values and rest.strip())


def _json(text: str) -> tuple[FrontMatter, str]:
    try:
        said, end = json.JSONDecoder().raw_decode(text[:_MAX_LENGTH])
    except (ValueError, RecursionError):
        return FrontMatter(), text
    return FrontMatter(said), text[end:]


def _yaml(inside: str) -> dict[str, Any]:
    try:
        # Every value stays a text: no dates, no true and false, no objects.
        said = yaml.load(inside, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError):
        said = None
    return said if isinstance(said, dict) else _by_lines(inside)


def _by_lines(inside: str) -> dict[str, Any]:
    """Front matter that is not YAML: “title: 287(g): what it means”."""
    found: dict[str, Any] = {}
    key = ""
    for line in inside.splitlines():
        if item := re.match(r"\s*-\s+(.*)", line):
            if isinstance(found.get(key), list):
                found[key].append(_unquoted(item[1]))
            continue
        name, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[\w-]+", name):
            key = name
            found[key] = _listed(value.strip()) if value.strip() else []
    return found


def _listed(value: str) -> str | list[str]:
    if value.startswith("[") and value.endswith("]"):
        return [_unquoted(one) for one in value[1:-1].split(",") if one.strip()]
    return _unquoted(value)


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] in "\"'" else value


def _toml(inside: str) -> dict[str, Any]:
    try:
        return _flat(tomllib.loads(inside))
    except (ValueError, RecursionError):
        raise CannotRead("Its front matter is no TOML.") from None


def _flat(said: dict[str, Any]) -> dict[str, Any]:
    """Hugo keeps tags in a table [taxonomies] or [params] in some sites."""
    inner = [v for v in said.values() if isinstance(v, dict)]
    return {k: v for table in [*inner, said] for k, v in table.items()}


def _only_texts(said: dict[str, Any]) -> Values:
    found: Values = {}
    for key, value in said.items():
        if isinstance(value, list):
            found[str(key).lower()] = [
                str(v) for v in value if not isinstance(v, (dict, list))
            ]
        elif not isinstance(value, dict):
            is_moment = hasattr(value, "isoformat")
            text = value.isoformat() if is_moment else str(value)
            found[str(key).lower()] = text.lower() if isinstance(value, bool) else text
    return found
