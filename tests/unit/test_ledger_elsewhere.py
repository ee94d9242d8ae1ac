"""The record can be checked without this program, by the lines that docs/record.md
prints."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from helpers.served import ROOT

from lawblog.models import Entry
from lawblog.records.ledger import append

DOC = (ROOT / "docs/record.md").read_text()
SCRIPT = re.findall(r"^```bash\n(.*?)^```", DOC, re.M | re.S)[0]


@pytest.fixture
def lines(db: None) -> list[str]:
    if not shutil.which("jq") and not os.environ.get("REQUIRE_ALL"):
        pytest.skip("no jq found: install it (Debian: jq)")
    for number in range(3):
        append("capture", {"number": number}, by="a test")
    return list(Entry.objects.order_by("seq").values_list("line", flat=True))


def checked(folder: Path, lines: list[str]) -> str:
    (folder / "ledger.jsonl").write_text("".join(f"{line}\n" for line in lines))
    command = ["bash", "-c", SCRIPT]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


def test_the_printed_lines_end_at_the_head(tmp_path: Path, lines: list[str]) -> None:
    head = Entry.objects.order_by("seq").last()
    assert head and checked(tmp_path, lines) == f"head {head.hash}\n"


def test_the_printed_lines_stop_at_a_break(tmp_path: Path, lines: list[str]) -> None:
    assert checked(tmp_path, [lines[0], lines[2]]) == "broken\n"
