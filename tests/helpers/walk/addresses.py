"""Every address of the desk, from the URL resolver, filled with numbers that are its
own and numbers that are not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

from lawblog.people.actions import ACTS

# Rows that are nowhere, and what is no number.
NOWHERE = ["999999", "9" * 30, "walked"]
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)|(\([^)]*\))")


@dataclass(frozen=True)
class Address:
    """`name`: what the resolver calls it; `path`: to ask for; `row`: the number of the
    row that it names, or ""."""

    name: str
    path: str
    row: str

    @property
    def is_nowhere(self) -> bool:
        return self.row in NOWHERE


def patterns(found: list | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """(route, name) of every pattern under /admin/."""
    for pattern in get_resolver().url_patterns if found is None else found:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and route.startswith("admin/"):
            yield route, pattern.name or route.removeprefix("admin/")


def addresses(world: dict) -> list[Address]:
    found = [a for route, name in patterns() for a in _filled(route, name, world)]
    return list({address.path: address for address in reversed(found)}.values())[::-1]


def _filled(route: str, name: str, world: dict) -> Iterator[Address]:
    named = [next(filter(None, match)) for match in ARGUMENT.findall(route)]
    values = [_values(argument, route, world) for argument in named]
    plain = route.replace("^", "").replace("$", "")
    for chosen in product(*values):
        path = plain
        for value in chosen:
            path = ARGUMENT.sub(str(value), path, count=1)
        rows = [v for n, v in zip(named, chosen, strict=True) if n in OF_A_ROW]
        yield Address(name, f"/{path}", str(rows[0]) if rows else "")


# Of pages of one model's desk that are about a row of another.
OF_ANOTHER = {"run": "posts_importrun", "picture": "lawblog_picture"}
OF_A_ROW = {"pk", "object_id", "id", "([^/]+)", *OF_ANOTHER}


def _values(argument: str, route: str, world: dict) -> list:
    """What is tried for an argument; KeyError with a sentence for one not known."""
    of_model = re.match(r"admin/(\w+)/(\w+)/", route)
    own = world["rows"].get("_".join(of_model.groups()), []) if of_model else []
    if route.startswith("admin/people/"):
        own = world["rows"]["auth_user"]
    several = "/<int:revision>/" in route or "/<str:key>/" in route
    several = several or r"/(\d+)/" in route
    if argument in OF_ANOTHER:
        own = world["rows"][OF_ANOTHER[argument]]
    rows = own[:2] if several else [*own, *NOWHERE]
    known = {
        **dict.fromkeys(OF_A_ROW, rows if own else [7001]),
        r"(\d+)": [*world["versions"].values(), *NOWHERE[:2]],
        "revision": [*dict.fromkeys(world["revisions"].values()), *NOWHERE[:2]],
        "key": ["now", "e1", "walked", *[f"v{n}" for n in world["versions"].values()]],
        "content_type_id": world["content_types"],
        "what": sorted(ACTS),
        "secret": ["walked"],
        # Of unsaved text: everybody has some of that name, and one has more.
        "name": ["walked", "sams"],
        **dict.fromkeys(("backup", "capture", "file"), ["walked"]),
        "post": world["rows"].get("posts_post", [])[:2],
        "app_label": ["posts", "offices", "auth"],
        "url": ["walked", "offices/firm/1"],
    }
    if argument not in known:
        raise KeyError(f"Tell the walk how to fill “{argument}” of {route}.")
    return known[argument]
