"""The Nu HTML Checker (validator.w3.org) has nothing to say of a public page."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from helpers.pages import ERRORS, PUBLIC
from helpers.showing import from_npm

pytestmark = pytest.mark.slow

STATIC = ["site.css", "icon.svg"]


def checked(folder):
    """{(name, the part of the file in question, what is said of it)}: errors, warnings
    and remarks alike. Starting Java takes longer than a page: one start for all."""
    if not shutil.which("java") and not os.environ.get("REQUIRE_ALL"):
        pytest.skip("install Java 17 or newer (Debian: default-jre-headless)")
    jar = from_npm("vnu-jar/build/dist/vnu.jar")
    # The quick compiler alone halves the time, and needs a deeper stack for it.
    java = ["java", "-XX:TieredStopAtLevel=1", "-Xss4m", "-jar", jar]
    options = ["--format", "json", "--also-check-css", "--also-check-svg"]
    done = subprocess.run(
        [*java, *options, "--exit-zero-always", folder], capture_output=True
    )
    return {
        (unquote(Path(told["url"]).name), told.get("extract"), told["message"])
        for told in json.loads(done.stderr)["messages"]
    }


@pytest.fixture
def written(asked, tmp_path):
    """A folder with all public pages, each in a file named after its address."""
    folder = tmp_path / "written"
    folder.mkdir()
    for address in PUBLIC:
        page = asked.public[address].content
        (folder / f"{quote(address, safe='')}.html").write_bytes(page)
    for name in ERRORS:
        (folder / name).write_text(render_to_string(name), encoding="utf-8")
    for name in STATIC:
        shutil.copy(finders.find(f"lawblog/{name}"), folder)
    return folder


def test_the_checker_finds_neither_error_nor_warning(written):
    (written / "broken.html").write_text("<p>A page without a head")
    (written / "broken.css").write_text("p { colr: red }")
    found = checked(written)
    # What is broken is found: the checker was at work on pages and on CSS.
    broken = {fault for fault in found if fault[0].startswith("broken.")}
    assert {name for name, *_ in broken} == {"broken.html", "broken.css"}
    assert found - broken == set()
