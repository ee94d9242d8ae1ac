"""docs/house.md is the picture of the house as it stands."""

import ast
import re

import pytest
from helpers.served import ROOT

DOCS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
PICTURE = re.compile(r"^- `([\w/]+)/`: (.+)$", re.MULTILINE)
# A module in a docstring, comment or help_text: not in a text that programs read.
NAMED = re.compile(r"(?<![\w./\"'{%*-])(?!django/|sql/compiler)[\w/]+\.py\b(?!\")")
# In these, a function is named like "lock()"; a script's has capitals.
REMARK = re.compile(r'""".*?"""|#[^\n]*', re.DOTALL)
CALLED = re.compile(r"(?<![\w./<])([a-z_0-9]+)\(\)")
# Django's own folders, whose names say all.
DJANGOS = {"management", "commands", "migrations", "templatetags"}


def first_line(path):
    docstring = ast.get_docstring(ast.parse(path.read_text())) or ""
    return docstring.partition("\n")[0]


def packages():
    """{"posts/search": the first line of its docstring}."""
    return {
        str(path.parent.relative_to(ROOT)): first_line(path)
        for app in ("lawblog", "offices", "posts")
        for path in (ROOT / app).rglob("__init__.py")
        if path.parent.name not in DJANGOS
    }


def test_each_room_says_its_idea_in_one_line_that_the_picture_repeats():
    drawn = dict(PICTURE.findall((ROOT / "docs/house.md").read_text()))
    assert drawn == packages()


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_the_paths_and_pages_that_the_docs_name_are_there(path):
    text = path.read_text()
    paths = re.findall(
        r"`((?:lawblog|offices|posts|templates|tests|deploy|docs)/[\w/.]+)`", text
    )
    assert [name for name in paths if not (ROOT / name).exists()] == []
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", text)
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_modules_that_docstrings_and_comments_name_are_there():
    """Names like `rules.py` or `posts/publishing/rules.py`; not Django's own."""
    paths = [
        p for app in ("lawblog", "offices", "posts") for p in (ROOT / app).rglob("*.py")
    ]
    ends = {"/".join(p.parts[-n:]) for p in paths for n in range(1, 6)} | {"manage.py"}
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in paths
        if path.parent.name != "migrations"
        for name in NAMED.findall(path.read_text())
        if name not in ends and not (ROOT / name).exists()
    }
    assert missing == set()


def test_the_functions_that_docstrings_and_comments_name_are_there():
    """Names like `lock()`: some code names them, ours or a library's."""
    apps = ("lawblog", "offices", "posts")
    texts = {p: p.read_text() for app in apps for p in (ROOT / app).rglob("*.py")}
    known = {
        word
        for text in texts.values()
        for word in re.findall(r"\w+", REMARK.sub("", text))
    }
    missing = {
        f"{path.relative_to(ROOT)}: {name}()"
        for path, text in texts.items()
        for remark in REMARK.findall(text)
        for name in CALLED.findall(remark)
        if name not in known
    }
    assert missing == set()


def test_the_picture_and_the_recipes_say_where_things_are():
    for name in ("house", "recipes"):
        assert (ROOT / f"docs/{name}.md").read_text().count("`posts/") > 5
