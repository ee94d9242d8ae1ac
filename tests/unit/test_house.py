"""docs/house.md is the picture of the house as it stands."""

import ast
import re

from helpers.served import ROOT

PICTURE = re.compile(r"^- `([\w/]+)/`: (.+)$", re.MULTILINE)
# Django's own folders, whose names say all.
DJANGOS = {"management", "commands", "migrations", "templatetags"}


def packages():
    """{"posts/search": its docstring}."""
    return {
        str(path.parent.relative_to(ROOT)): ast.get_docstring(
            ast.parse(path.read_text())
        )
        for app in ("lawblog", "offices", "posts")
        for path in (ROOT / app).rglob("__init__.py")
        if path.parent.name not in DJANGOS
    }


def test_each_room_says_its_idea_in_one_line_that_the_picture_repeats():
    drawn = dict(PICTURE.findall((ROOT / "docs/house.md").read_text()))
    assert drawn == packages()


def test_the_paths_that_the_picture_and_the_readme_name_are_there():
    for name in ("docs/house.md", "README.md"):
        text = (ROOT / name).read_text()
        paths = re.findall(
            r"`((?:lawblog|offices|posts|templates|tests)/[\w/.]+)`", text
        )
        assert paths and [p for p in paths if not (ROOT / p).exists()] == []
