"""The browser that tests open, one a worker."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The shell has no windows to draw, and needs a third less of the machine; CHROMIUM=
# names another, since all have to pass.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
BROWSERS = (os.environ.get("CHROMIUM", ""), *BROWSERS)
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    if CHROMIUM or os.environ.get("REQUIRE_ALL"):
        return
    skip = pytest.mark.skip(reason="no chromium found: install it (Debian: chromium)")
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import expect, sync_playwright

    # Patient, so that a busy machine fails no test; nothing waits longer than it must.
    expect.set_options(timeout=30_000)
    quiet = "background-networking component-update sync gpu site-isolation-trials"
    args = ["--no-sandbox", *(f"--disable-{part}" for part in quiet.split())]
    # Processes that tests begin and end all the time, and that nobody attacks.
    args += ["--in-process-gpu", "--renderer-process-limit=1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        yield browser
        browser.close()
