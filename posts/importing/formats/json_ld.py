"""Reads what a page says about its article in JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lawblog.html.element import Element

_ARTICLE_TYPES = re.compile(r"(?:BlogPosting|NewsArticle|Article|Report|TechArticle)$")
Facts = dict[str, Any]


def article_facts(root: Element) -> Facts:
    """The properties of the first article that a page describes; {} if it does none."""
    for element in root.walk():
        if element.name != "script" or "ld+json" not in element.get("type"):
            continue
        try:
            said = json.loads(element.text_of_raw())
        except (ValueError, RecursionError):
            continue
        for one in _nodes(said):
            kinds = one.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(k, str) and _ARTICLE_TYPES.match(k) for k in kinds):
                return one
    return {}


def _nodes(said: Any) -> Iterator[Facts]:
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, dict):
            yield one
            graph = one.get("@graph")
            if isinstance(graph, list):
                yield from (node for node in graph if isinstance(node, dict))


def name_in(value: Any) -> str:
    """A name or address in JSON-LD: itself, or in an object, or in a list of them."""
    if isinstance(value, list):
        return name_in(value[0]) if value else ""
    if isinstance(value, dict):
        return name_in(value.get("name") or value.get("@id") or value.get("url"))
    return value if isinstance(value, str) else ""
