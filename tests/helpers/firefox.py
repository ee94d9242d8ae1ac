"""Debian's Firefox, driven by what it understands by itself (Marionette), without a
driver that Debian lacks: commands of WebDriver as JSON over a socket.

https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

import base64
import json
import os
import re
import shutil
import socket
import subprocess
import zlib
from pathlib import Path

import pytest

from helpers.machines import wait_until

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
# What a fresh profile asks other hosts is of no use here.
PREFERENCES = """
user_pref("marionette.port", 0);
user_pref("app.update.disabledForTesting", true);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
"""
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Firefox:
    """One window. `site`: the address before the paths that it opens."""

    def __init__(self, folder: Path, site: str = "") -> None:
        self.site, self.number = site, 0
        (folder / "user.js").write_text(PREFERENCES, encoding="utf-8")
        port = folder / "MarionetteActivePort"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        arguments = ["--headless", "--marionette", "--no-remote", "--profile", folder]
        environment = {**os.environ, "HOME": str(folder)}
        self.process = subprocess.Popen(
            [PROGRAM, *arguments, "about:blank"], env=environment, **quiet
        )
        wait_until(lambda: port.exists() and port.read_text().strip(), 120)
        self.socket = socket.create_connection(("127.0.0.1", int(port.read_text())))
        self.file = self.socket.makefile("rb")
        self._read()
        self.ask("WebDriver:NewSession", capabilities={"alwaysMatch": {}})

    def _read(self):
        length = b""
        while (digit := self.file.read(1)) != b":":
            length += digit
        return json.loads(self.file.read(int(length)))

    def ask(self, command, **parameters):
        self.number += 1
        sent = json.dumps([0, self.number, command, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(sent), sent))
        _, _, error, answer = self._read()
        assert not error, f"{command}: {error['error']}: {error['message']}"
        return answer.get("value") if set(answer) == {"value"} else answer

    def open(self, path):
        self.ask("WebDriver:Navigate", url=f"{self.site}{path}")

    def find(self, css):
        return self.ask("WebDriver:FindElement", using="css selector", value=css)

    def press(self, css):
        self.ask("WebDriver:ElementClick", id=self.find(css)[ELEMENT])

    def type(self, css, words):
        self.ask("WebDriver:ElementSendKeys", id=self.find(css)[ELEMENT], text=words)

    def type_on(self, words):
        """Keys to whatever has the focus, like the text of an editor."""
        keys = [
            {"type": kind, "value": letter}
            for letter in words
            for kind in ("keyDown", "keyUp")
        ]
        actions = [{"type": "key", "id": "keyboard", "actions": keys}]
        self.ask("WebDriver:PerformActions", actions=actions)

    def run(self, script, *values):
        return self.ask("WebDriver:ExecuteScript", script=script, args=list(values))

    def wait_for(self, condition):
        """Until an expression of JavaScript is true."""
        wait_until(lambda: self.run(f"return Boolean({condition})"), 60)

    @property
    def text(self):
        return self.run("return document.body.innerText")

    @property
    def path(self):
        return self.run("return location.pathname + location.search")

    def sheets(self):
        """How many sheets of Letter paper the page takes."""
        paper = {"width": 21.59, "height": 27.94}
        pdf = base64.b64decode(self.ask("WebDriver:Print", page=paper))
        return count_of_sheets(pdf)

    def close(self):
        self.file.close()
        self.socket.close()
        self.process.terminate()
        self.process.wait(60)


def count_of_sheets(pdf):
    """Firefox packs the list of sheets."""
    whole = pdf
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            whole += zlib.decompress(stream)
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page\b", whole))


@pytest.fixture(scope="module")
def started(tmp_path_factory, live_server):
    if not PROGRAM and not os.environ.get("REQUIRE_ALL"):
        pytest.skip("no Firefox found: install it (Debian: firefox-esr)")
    browser = Firefox(tmp_path_factory.mktemp("firefox"), live_server.url)
    yield browser
    browser.close()


@pytest.fixture
def firefox(started, live_server):
    """One window for all tests of a file; each finds it as if nobody had been there."""
    started.open("/robots.txt")
    started.ask("WebDriver:DeleteAllCookies")
    started.run("localStorage.clear()")
    return started
