"""What no template, no code and no style sheet holds."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
each_template = pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)


@pytest.mark.slow
@each_template
def test_a_template_holds_no_fact_about_an_office_and_no_other_host(path):
    text = path.read_text()
    facts = r"\d{3}\)?[ .-]\d{4}|\b\d{5}\b|Fort Lee|New York(?! time)|Suite|Broadway"
    assert not re.search(facts, text)
    assert not re.search(r"https?:|(?:href|src|action)=[\"']//|url\([\"']?//", text)


@pytest.mark.slow
@each_template
def test_a_template_trusts_the_cleaned_body_alone(path):
    marks = r"\{\{[^}]*\|\s*(?:safe|richtext)\w*[^}]*\}\}"
    assert set(re.findall(marks, path.read_text())) <= {
        "{{ edition.body|safe }}",
        "{{ original_text.body|safe }}",
        # Made of the body by posts/reading/, which cleans it once more.
        "{{ reading.html|richtext }}",
        "{{ note|richtext }}",
        "{{ line|richtext }}",
        "{{ passage.html|safe }}",
        "{{ note|safe }}",
        "{{ text|safe }}",
        "{{ attorney.local.biography|richtext }}",
        "{{ page.body|richtext }}",
    }
    assert "autoescape" not in path.read_text()


@pytest.mark.slow
@each_template
def test_a_template_has_translated_what_it_says_itself_alone(path):
    """What a translation says is trusted, so that it may hold a link."""
    assert not re.search(r"\b_\((?![\"'])", path.read_text())


def test_no_code_trusts_text_past_the_templates():
    paths = [
        p
        for app in ("lawblog", "offices", "posts")
        for p in ROOT.glob(f"{app}/**/*.py")
    ]
    trusting = r"mark_safe|SafeString\(|Markup|__html__|is_safe\b|autoescape"
    # A cleaned text, an escaped one, a cover picture, a translation, and the data block
    # for search engines.
    ours = ROOT / "lawblog/site/jinja.py"
    assert [p for p in paths if re.search(trusting, p.read_text())] == [ours]
    assert ours.read_text().count(" Markup(") == 5


def test_the_style_sheets_load_nothing_from_elsewhere():
    for path in (ROOT / "lawblog/static/lawblog").glob("*.[cj]s*"):
        assert not re.search(
            r"https?://(?!\$\{)|url\(\s*[\"']?//|@import", path.read_text()
        )
