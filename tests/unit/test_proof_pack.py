"""What is handed over is checked by a third party, with standard programs alone."""

import hashlib
import os
import re
import shutil
import subprocess
import zipfile

import pytest
import time_machine
from django.core.management import CommandError, call_command
from helpers.captured import CAPTURED as NOW
from warcio.archiveiterator import ArchiveIterator

from lawblog.keeping.files import AT_ONCE
from lawblog.records.capture import (
    ledger_lines,
    proof,
    reused_answers,
    store,
    take,
    warc,
)
from lawblog.records.capture.site_client import Answer
from lawblog.records.restoring import head

# Whole sites are written and read.
pytestmark = pytest.mark.slow

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def small(publish, settings, tmp_path, monkeypatch):
    """A capture of a site of three pages: the commands of the README start programs for
    each payload and for each line of the ledger."""
    settings.VAR_DIR = tmp_path
    pages = {"/": '<a href="/posts/a-title/">“A title”</a>', "/posts/a-title/": "Text."}

    def ask(address):
        page = pages.get(address, "Not here.")
        return Answer(200, [["Content-Type", "text/html"]], page.encode())

    publish()
    monkeypatch.setattr(reused_answers, "ask", ask)
    with time_machine.travel(NOW, tick=False):
        return take.take()


def unpacked(taken, tmp_path):
    """The folder in which somebody unpacked a proof pack."""
    path, folder = tmp_path / "pack.zip", tmp_path / "unpacked"
    proof.write_to(path, taken)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def run(folder, number):
    """What the numbered commands of the pack's own README print."""
    if not shutil.which("jq"):
        pytest.skip("jq is not installed")
    text = (folder / "README.txt").read_text()
    step = re.search(rf"^{number}\. .*?\n\n(.*?)(?=^\d\. |\Z)", text, re.M | re.S)[1]
    done = subprocess.run(
        ["bash", "-c", step], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_each_command_of_the_readme_works_as_printed(small, tmp_path):
    pack = unpacked(small, tmp_path)
    sums = run(pack, 1)
    assert sums.count(": OK\n") == len((pack / "SHA256SUMS").read_text().splitlines())
    assert run(pack, 2) == run(pack, 3) == ""
    assert run(pack, 4).count(store.file_digest(small.name)) == 2
    assert run(pack, 5) == f"{head()['head']}\n"
    assert f'"url":"{SITE}/"' in run(pack, 6)


def test_each_flipped_byte_is_found_by_the_readmes_commands(small, tmp_path):
    pack = unpacked(small, tmp_path)
    kinds = "payloads/*/*.gz *.jsonl.gz ledger.jsonl capture.warc.gz README.txt".split()
    for path in [next(pack.glob(kind)) for kind in [*kinds, "browse/*.html"]]:
        whole = path.read_bytes()
        path.write_bytes(whole[:-6] + bytes([whole[-6] ^ 1]) + whole[-5:])
        name = str(path.relative_to(pack))
        assert f"{name}: FAILED" in run(pack, 1)
        if "payloads" in name:
            assert name in run(pack, 2)
        if name == "ledger.jsonl":
            # The hash of the last line is another, or a line names another before it.
            assert head()["head"] not in run(pack, 5)
        path.write_bytes(whole)
    path = next(pack.glob("payloads/*/*.gz"))
    path.unlink()
    assert run(pack, 3) == path.name.removesuffix(".gz") + "\n"


class Sink:
    """Where a pack goes: how much of it has come, and the longest piece."""

    def __init__(self):
        self.came, self.longest = 0, 0

    def write(self, data):
        self.came += len(data)
        self.longest = max(self.longest, len(data))
        return len(data)

    def flush(self):
        pass


def test_a_pack_leaves_as_it_is_made_and_is_never_in_memory_whole(
    captured, monkeypatch
):
    """A ledger of years, and the archive of a large site, are read line by line."""
    sink, at_lines, at_payloads = Sink(), [], []

    def lines():
        for number in range(6000):
            at_lines.append(sink.came)
            yield hashlib.sha512(str(number).encode()).hexdigest()

    def payload(digest, read=store.payload):
        at_payloads.append(sink.came)
        return read(digest)

    monkeypatch.setattr(ledger_lines, "lines", lines)
    monkeypatch.setattr(store, "payload", payload)
    proof.write(sink, captured)
    assert at_lines[-1] - at_lines[0] > 400_000
    # In turn: each payload by itself, then the archive's records, then the copy.
    assert len(set(at_payloads)) > len(at_payloads) / 2
    assert sink.longest <= AT_ONCE < sink.came


def test_the_copy_opens_by_relative_links(captured, tmp_path):
    pack = unpacked(captured, tmp_path)
    home = (pack / "browse/index.html").read_text()
    assert 'href="posts/a-title/index.html"' in home
    assert f"SHA-256 {captured.seen[SITE + '/']['sha256']}" in home
    names = {
        os.path.normpath(path.parent / link)
        for path in (pack / "browse").rglob("*.html")
        for link in re.findall(
            r'(?:href|src)="(?!https?:|tel:|mailto:|sms:|geo:|#|/static/)([^"#]+)',
            path.read_text(),
        )
    }
    missing = [n for n in names if not os.path.exists(n)]
    assert missing == []
    assert len(names) > 20


def test_a_warc_holds_every_payload_and_its_digest(captured, tmp_path):
    path = tmp_path / "capture.warc.gz"
    with path.open("wb") as file:
        warc.write(captured, file.write)
    found = {}
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                url = record.rec_headers["WARC-Target-URI"]
                found[url] = record.content_stream().read()
                assert record.rec_headers["WARC-Date"] == captured.seen[url]["at"]
                status = int(record.http_headers.get_statuscode())
                assert status == captured.seen[url]["status"]
    assert found == {
        url: store.payload(s["sha256"]) for url, s in captured.seen.items()
    }


def test_a_warc_that_was_cut_off_is_known(captured, tmp_path):
    path = tmp_path / "capture.warc.gz"
    with path.open("wb") as file:
        warc.write(captured, file.write)
    command = ["gzip", "-t", path]
    assert subprocess.run(command, check=False).returncode == 0
    path.write_bytes(path.read_bytes()[:-200])
    done = subprocess.run(command, check=False, capture_output=True)
    assert b"unexpected end of file" in done.stderr


def test_a_spoilt_payload_is_not_handed_over(captured, tmp_path):
    name = store.payload_name(captured.seen[f"{SITE}/"]["sha256"])
    (store.folder() / name).write_bytes(b"spoilt")
    with pytest.raises(ValueError, match=name):
        proof.write_to(tmp_path / "pack.zip", captured)
    assert not (tmp_path / "pack.zip").exists()


def test_the_page_on_a_day_is_written_as_it_looked(captured, tmp_path):
    goal = tmp_path / "page.html"
    shown = "--show=/es/posts/un-titulo/"
    call_command("capture", shown, "--on=2036-11-27", f"--to={goal}")
    assert "Text of Un título." in goal.read_text()
    with pytest.raises(CommandError, match="There is no capture of that time."):
        call_command("capture", "--show=/", "--on=2036-11-26", f"--to={goal}")
    with pytest.raises(CommandError, match="/nowhere/ was not there in 2036-11-27T08"):
        call_command("capture", "--show=/nowhere/", f"--to={tmp_path / 'x'}")


def test_only_an_attorney_by_name_has_captures_removed(captured, attorney):
    attorney.first_name, attorney.last_name = "Anna", "Example"
    attorney.save()
    with pytest.raises(CommandError, match="“Sam” is not the full name of an attorney"):
        call_command("capture", "--prune=Sam")
    with pytest.raises(CommandError, match="Nothing is older than 3 years"):
        call_command("capture", "--prune=Anna Example")
