"""The examples in docstrings are true."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest
from helpers.served import ROOT

APPS = ("lawblog", "offices", "posts")
FILES = [path.relative_to(ROOT) for app in APPS for path in (ROOT / app).rglob("*.py")]
WITH_EXAMPLES = [path for path in FILES if ">>> " in (ROOT / path).read_text()]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=str)
def test_the_examples_of_a_module_are_true(path: Path) -> None:
    module = import_module(".".join(path.with_suffix("").parts))
    result = doctest.testmod(module)
    assert result.attempted and not result.failed
