"""A backup: one consistent read while people work, and a whole file or none."""

import errno
import io
import json
import os
import threading
import zipfile
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from helpers.sites import PICTURE

from lawblog.keeping import backup, files
from lawblog.keeping.archive import ArchiveWriter
from lawblog.keeping.databases import in_place_of_default
from lawblog.keeping.tables import carried
from offices.models import Office

pytestmark = pytest.mark.slow


def read(path, part):
    with zipfile.ZipFile(path) as archive:
        return archive.read(part).decode()


def rows(path, label):
    head, *lines = read(path, f"rows/{label}.jsonl").split("\n")[:-1]
    return [
        dict(zip(json.loads(head), json.loads(line), strict=True)) for line in lines
    ]


def test_rows_and_pictures_are_in_it_as_plain_text(sites, tmp_path):
    path = tmp_path / "a.zip"
    with sites.filled("a"):
        call_command("backup", str(path))
    posts = rows(path, "posts.post")
    assert [p["title"] for p in posts] == ["Title 0", "Title 1", "Title 2", "A draft"]
    assert posts[0]["body"] == "<p>Text 0 “quoted” ñ \u2028.</p>"
    assert posts[0]["law_as_of"] == "2026-11-02"
    assert posts[0]["updated_at"].endswith("Z")
    with zipfile.ZipFile(path) as archive:
        picture = archive.getinfo(f"files/media/{PICTURE}")
        names = set(archive.namelist())
    assert picture.file_size == 5120
    left_out = {"sessions.session", "lawblog.siteversion", "keeping.jobrun"}
    assert names.isdisjoint(f"rows/{label}.jsonl" for label in left_out)
    assert path.stat().st_mode & 0o777 == 0o600


AT_EACH_TABLE = 4


def test_a_backup_is_one_moment_while_people_save_again_and_again(
    sites, tmp_path, monkeypatch
):
    """Before each table that it reads, two others are changed together, again and
    again: none of these has to wait, and it sees none of them by half."""
    path, write_table, saved = tmp_path / "a.zip", backup._write_table, []
    with sites.filled("a") as site:

        def save_meanwhile(writer, label, table, progress):
            thread = threading.Thread(target=save_both, args=[site.config, saved])
            thread.start()
            # However slow this machine is: whoever saves is not kept waiting.
            thread.join(60)
            assert not thread.is_alive()
            write_table(writer, label, table, progress)

        monkeypatch.setattr(backup, "_write_table", save_meanwhile)
        backup.write_to(path)
        assert len(saved) == AT_EACH_TABLE * len(carried()) > 150
        assert Office.objects.filter(landmarks=f"{len(saved)}").count() == 2
    offices, topics = rows(path, "offices.office"), rows(path, "posts.topic")
    assert {office["landmarks"] for office in offices} == {""}
    assert {topic["name"] for topic in topics} == {"Asylum"}


def save_both(config, saved):
    with in_place_of_default(config), connection.cursor() as cursor:
        for _ in range(AT_EACH_TABLE):
            with transaction.atomic():
                number = str(len(saved) + 1)
                cursor.execute("UPDATE offices_office SET landmarks = %s", [number])
                cursor.execute("UPDATE posts_topic SET name = %s", [number])
            saved.append(number)
        connections.close_all()


def test_a_full_disk_leaves_nothing_and_says_so(sites, tmp_path, monkeypatch):
    def full(writer, manifest):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ArchiveWriter, "finish", full)
    with (
        sites.filled("a"),
        pytest.raises(CommandError, match="No space left on device"),
    ):
        call_command("backup", str(tmp_path / "a.zip"))
    assert list(tmp_path.iterdir()) == []


def test_a_backup_goes_down_a_pipe(sites, tmp_path):
    pipe, whole = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: whole.append(pipe.read_bytes()))
    reader.start()
    with sites.filled("a"):
        call_command("backup", str(pipe), stderr=io.StringIO())
    reader.join()
    with zipfile.ZipFile(io.BytesIO(whole[0])) as archive:
        assert archive.testzip() is None
        assert "manifest.json" in archive.namelist()


def test_a_full_disk_behind_standard_output_is_a_sentence(sites, monkeypatch):
    with open("/dev/full", "wb") as full:
        out = SimpleNamespace(buffer=full, isatty=lambda: False)
        monkeypatch.setattr(backup.sys, "stdout", out)
        with sites.filled("a"), pytest.raises(CommandError, match="it is no backup"):
            call_command("backup", "-", stderr=io.StringIO())


def test_a_reader_that_stops_is_a_sentence(sites, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: pipe.open("rb").close())
    reader.start()
    with sites.filled("a"), pytest.raises(CommandError, match="stopped before its end"):
        call_command("backup", str(pipe))
    reader.join()


def test_a_name_that_no_machine_could_keep_is_left_out_and_told(sites, tmp_path):
    path, told = tmp_path / "a.zip", io.StringIO()
    with sites.filled("a") as site:
        odd = site.var / "media/pictures/a\u202eb.png"
        odd.write_bytes(b"x")
        hidden = site.var / "media/pictures/.restoring-1.part"
        hidden.write_bytes(b"x")
        call_command("backup", str(path), stderr=told)
    assert "Left out, for its name: 'files/media/pictures/a\\u202eb.png'" in (
        told.getvalue()
    )
    with zipfile.ZipFile(path) as archive:
        pictures = [n for n in archive.namelist() if n.startswith("files/")]
    assert pictures == [f"files/media/{PICTURE}"]


def test_a_file_that_goes_while_they_are_listed_is_no_problem(
    sites, tmp_path, monkeypatch
):
    path = tmp_path / "a.zip"
    with sites.filled("a"):
        monkeypatch.setattr(files, "names", lambda storage: ["pictures/gone", PICTURE])
        call_command("backup", str(path), stderr=io.StringIO())
        call_command("backup", "--check", str(path), stdout=io.StringIO())


def test_check_says_what_is_in_it_or_what_is_wrong(sites, tmp_path):
    path, told = tmp_path / "a.zip", io.StringIO()
    with sites.filled("a"):
        call_command("backup", str(path), stderr=io.StringIO())
        call_command("backup", "--check", str(path), stdout=told)
        assert "As it was written: " in told.getvalue()
        assert "1 files" in told.getvalue()
        whole = path.read_bytes()
        place = whole.index(bytes(range(256)))
        path.write_bytes(whole[:place] + b"?" + whole[place + 1 :])
        with pytest.raises(
            CommandError, match=f"files/media/{PICTURE} is not as it was"
        ):
            call_command("backup", "--check", str(path))


def test_nothing_is_written_over(sites, tmp_path):
    path = tmp_path / "precious.sqlite3"
    path.write_bytes(b"precious")
    with sites.filled("a"), pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(path))
    assert path.read_bytes() == b"precious"


def test_what_it_reads_from_storage_comes_whole(sites, tmp_path):
    big = os.urandom(files.AT_ONCE * 2 + 1)
    with sites.filled("a"):
        default_storage.save("pictures/big.png", ContentFile(big))
        backup.write_to(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read("files/media/pictures/big.png") == big
