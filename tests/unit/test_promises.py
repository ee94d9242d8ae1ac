"""No sentence on a page of record claims a test that is not there."""

import ast
from pathlib import Path

import pytest
from markupsafe import escape

from offices.models import Page
from offices.public.promises import PROMISES

TESTS = Path(__file__).resolve().parents[1]
DOCS = TESTS.parent / "docs/promises.md"
ALL = [pair for pairs in PROMISES.values() for pair in pairs]


@pytest.mark.parametrize("sentence, test", ALL, ids=[test for _, test in ALL])
def test_a_sentence_names_a_test_that_exists(sentence, test):
    name, _, function = test.partition("::")
    [path] = TESTS.rglob(name)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert function.startswith("test_") and function in tests
    assert sentence.endswith(".")


@pytest.mark.parametrize("kind", PROMISES)
def test_the_page_prints_each_sentence_and_no_test(set_up, client, kind):
    page = client.get(f"/{kind}/").content.decode()
    for sentence, test in PROMISES[kind]:
        assert f"<li>{escape(sentence)}</li>" in page
        assert test.partition("::")[2] not in page


@pytest.mark.parametrize("sentence, test", ALL, ids=[test for _, test in ALL])
def test_the_docs_name_the_test_of_each_sentence(sentence, test):
    assert f"- {sentence} `{test}`" in DOCS.read_text(encoding="utf-8").splitlines()


def test_the_firms_words_are_not_among_what_is_tested(set_up, client):
    words = "<p>We keep a list.</p>"
    Page.objects.filter(kind="privacy", language="en").update(body=words)
    page = client.get("/privacy/").content.decode()
    assert page.index("We keep a list.") < page.index('<ul class="tested">')
