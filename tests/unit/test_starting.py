"""Before anything is served: what is wrong is a sentence with its remedy."""

import errno
import os
import re
import runpy
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.test import Client
from helpers.served import ROOT, name_static_files, new_site, on_sqlite

from lawblog import ownership
from lawblog.database import migrated
from lawblog.env import env_directory, env_secret
from lawblog.env_file import read_env_file
from lawblog.keeping.models import JobRun
from lawblog.serving import startup
from lawblog.unavailable import in_commands


@pytest.fixture
def serve(tmp_path, forked):
    """serve(**variables) → what a worker says as it starts, on SQLite in tmp_path."""
    name_static_files(tmp_path)

    def run(*command, **variables):
        program = command or ("-c", "import lawblog.wsgi")
        return forked(*program, env=on_sqlite(tmp_path) | variables)

    return run


@pytest.mark.slow
def test_an_unmigrated_database_and_a_newer_one_are_not_served(serve, tmp_path):
    done = serve()
    assert (done.returncode, done.stderr) == (1, f"{migrated.UNMIGRATED}\n")
    new_site(tmp_path)
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        row = "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '')"
        database.execute(row, ["posts", "9999_of_tomorrow"])
        database.commit()
    done = serve()
    assert done.returncode == 1 and "newer version" in done.stderr
    assert "posts.9999_of_tomorrow" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_damaged_database_is_not_served(serve, tmp_path):
    (tmp_path / "db.sqlite3").write_bytes(b"no database" * 1000)
    done = serve()
    assert (done.returncode, done.stderr) == (
        1,
        "The database cannot be used (file is not a database): restore a backup of "
        "it.\n",
    )


@pytest.mark.slow
def test_a_site_without_style_is_not_served(serve, tmp_path):
    new_site(tmp_path)
    (tmp_path / "static/staticfiles.json").unlink()
    done = serve()
    assert done.returncode == 1
    assert done.stderr == "The site has no style yet: run manage.py collectstatic.\n"


@pytest.mark.slow
def test_a_wrong_setting_is_a_sentence_there_too(serve):
    done = serve(SECRET_KEY="short")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert done.stderr.startswith("Settings: SECRET_KEY has 5 characters of 5 kinds.")


@pytest.mark.slow
def test_a_whole_site_is_served_and_loads_only_what_a_page_may_need(serve, tmp_path):
    new_site(tmp_path)
    heavy = "zxcvbn requests mammoth holidays boto3 redis".split()
    print_loaded = f"print([name for name in {heavy} if name in sys.modules])"
    done = serve("-c", f"import lawblog.wsgi, sys; {print_loaded}")
    assert (done.returncode, done.stdout) == (0, "[]\n")


@pytest.mark.slow
def test_a_database_that_is_away_is_no_reason_not_to_start(serve, tmp_path):
    """It is looked for, and readers are told."""
    done = serve(DATABASE_URL=f"postgres://ann@/blog?host={tmp_path}")
    assert done.returncode == 0
    assert "The database does not answer" in done.stderr


@pytest.mark.parametrize("key", ["", "short", "a" * 60, "abcd" * 20])
def test_a_key_that_can_be_guessed_is_refused(monkeypatch, key):
    monkeypatch.setenv("KEY", key)
    with pytest.raises(ImproperlyConfigured, match="or KEY_FILE, to 50 or more random"):
        env_secret("KEY")


@pytest.mark.parametrize(
    "line, sentence",
    [
        ("SITE_URL", "line 2 is not NAME=VALUE"),
        ("SITE_URL: https://a.example", "line 2 is not NAME=VALUE"),
        ("SITE_URL = https://a.example", "without spaces around ="),
        (
            'SITE_URL="https://a.example',
            "line 2 has a quotation mark that nothing ends",
        ),
        ("DEBUG='False' # never", "line 2 has a quotation mark that nothing ends, or"),
        ("VAR_DIR=/srv # data", "line 2 has a comment after the value"),
        (r"A_B=a\b", "line 2 has a backslash outside quotation marks"),
        ("VAR_DIR= # data", "line 2 has a comment after the value"),
        ("A_B=a\0b", "line 2 has a character that cannot be seen"),
        ("A_B=1\nA_B=2", "line 3 sets A_B once more"),
        ("DATABASE_ULR=", "line 2 sets DATABASE_ULR, .* is it DATABASE_URL?"),
        ("KEY=a\udcff", "is no text in UTF-8"),
    ],
)
def test_half_a_file_of_settings_is_refused(tmp_path, line, sentence):
    file = tmp_path / ".env"
    file.write_bytes(f"# First\n{line}".encode(errors="surrogateescape"))
    (tmp_path / ".env.example").write_text("DATABASE_URL=\n")
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read_env_file(file)


@pytest.mark.parametrize(
    "line, value",
    [
        ("", None),
        ("# a", None),
        ("A_B=1", "1"),
        ("export A_B=1", "1"),
        ("A_B='1 #2'", "1 #2"),
        ('A_B="1 \\"2\\""', '1 "2"'),
        # As systemd and shells have it: other backslashes stay.
        (r'A_B="\n\d\\\$"', r"\n\d\$"),
        (r"A_B='\n\\'", r"\n\\"),
        ("A_B=it's", "it's"),
        ("A_B= 1 2 ", "1 2"),
        ('A_B= "1"', "1"),
        ("A_B=", ""),
        ("DATABASE_URL_FILE=/a\nNOBODYS=1\nA_B=1#2=3", "1#2=3"),
        # As Windows writes it.
        ("\ufeffA_B=1 \r\n# a\r\n", "1"),
    ],
)
def test_what_such_a_file_may_hold(tmp_path, monkeypatch, line, value):
    monkeypatch.setattr(os, "environ", {})
    (tmp_path / ".env").write_bytes(line.encode())
    (tmp_path / ".env.example").write_text("DATABASE_URL=\n")
    read_env_file(tmp_path / ".env")
    assert os.environ.get("A_B") == value


@pytest.fixture
def another_users(monkeypatch):
    """another_users(path): ann may not use it, which is bob's."""
    name = {4321: "ann"}
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    monkeypatch.setattr(ownership, "_name", lambda number: name.get(number, "bob"))

    def make(path):
        may = os.F_OK if path.exists() else None
        monkeypatch.setattr(
            os, "access", lambda asked, mode: asked != path or mode == may
        )

    return make


def test_a_folder_of_another_user_is_named_with_what_to_do(tmp_path, another_users):
    assert startup.fault_of_path(tmp_path) is None
    another_users(tmp_path)
    told = (
        f"{tmp_path} cannot be written by ann. It belongs to bob: give the command as "
        f"that user (sudo -u bob …), or take it over: sudo chown -R ann {tmp_path}"
    )
    assert startup.fault_of_path(tmp_path) == told
    with pytest.raises(ImproperlyConfigured, match=f"^{re.escape(told)}$"):
        env_directory("NOT_SET", tmp_path, is_ours=True)
    another_users(tmp_path / "nowhere")
    assert "make it" in startup.fault_of_path(tmp_path / "nowhere")


def test_what_another_user_left_in_the_folder_is_named_too(
    tmp_path, monkeypatch, another_users
):
    file = tmp_path / "db.sqlite3"
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
    monkeypatch.setitem(settings.DATABASES, "default", sqlite)
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    assert startup.local_database() == [tmp_path]
    file.touch()
    another_users(file)
    assert f"{file} cannot be written by ann" in next(startup.faults_of_folders())
    locked = OperationalError("unable to open database file")
    locked.__cause__ = sqlite3.OperationalError(str(locked))
    remedy = f"take it over: sudo chown -R ann {file}"
    for error in (locked, PermissionError(errno.EACCES, "Denied", str(file))):
        assert remedy in in_commands.explanation(error)
    # As “make run” says, before it makes anything.
    alone = runpy.run_path(str(ROOT / "deploy/alone"))
    with pytest.raises(SystemExit, match=f"another's: sudo chown .* {tmp_path}$"):
        alone["refuse_what_is_not_ours"](tmp_path)


def test_a_key_of_another_user_is_named_with_what_to_do(
    tmp_path, monkeypatch, another_users
):
    def refuse(*args, **options):
        raise PermissionError(errno.EACCES, "Permission denied")

    file = tmp_path / "key"
    file.touch()
    another_users(file)
    monkeypatch.setattr(Path, "read_text", refuse)
    monkeypatch.setenv("KEY_FILE", str(file))
    for read in (lambda: env_secret("KEY"), lambda: read_env_file(file)):
        with pytest.raises(ImproperlyConfigured, match=f"sudo chown -R ann {file}$"):
            read()
    # In a closed folder, which is nobody's to take.
    file.unlink()
    another_users(file)
    with pytest.raises(ImproperlyConfigured, match="put the file where ann may"):
        env_secret("KEY")


def test_a_disk_that_can_only_be_read_is_named_as_such(tmp_path, monkeypatch):
    flags = SimpleNamespace(f_flag=os.ST_RDONLY)
    monkeypatch.setattr(os, "statvfs", lambda path: flags)
    assert "mount it for writing" in startup.fault_of_path(tmp_path)


# /readyz ------------------------------------------------------------------------------


@pytest.fixture
def ready(db):
    JobRun.objects.create(name="sessions", ended_at="2026-11-24T16:00Z")

    def ask():
        answer = Client().get("/readyz")
        lines = answer.content.decode().splitlines()
        return answer.status_code, dict(line.split(": ", 1) for line in lines)

    return ask


ALL = "database migrations media disk housekeeping".split()


@pytest.mark.slow
def test_readyz_says_that_all_is_well(ready, clock):
    assert ready() == (200, dict.fromkeys(ALL, "ok"))


@pytest.mark.parametrize(
    "name, words, break_it",
    [
        (
            "migrations",
            "not as this version needs it",
            lambda patch: patch.setattr(migrated, "migration_fault", lambda: "missing"),
        ),
        (
            "disk",
            "nearly full",
            lambda patch: patch.setattr(startup, "MIN_FREE_BYTES", 2**60),
        ),
        (
            "media",
            "cannot be written",
            lambda patch: patch.setattr(startup, "fault_of_media", lambda: "read"),
        ),
        (
            "housekeeping",
            "has not run yet",
            lambda patch: JobRun.objects.all().delete(),
        ),
        (
            "housekeeping",
            "last ran 25 hours ago",
            lambda patch: JobRun.objects.update(ended_at="2026-11-23T16:00Z"),
        ),
    ],
)
def test_readyz_names_what_is_amiss(ready, clock, monkeypatch, name, words, break_it):
    break_it(monkeypatch)
    assert ready() == (503, {**dict.fromkeys(ALL, "ok"), name: words})


def test_readyz_says_that_the_database_is_away(ready, clock):
    def down(*args):
        raise OperationalError

    with connection.execute_wrapper(down):
        status, found = ready()
    assert status == 503 and found["database"] == found["migrations"] == "away"
    assert found["disk"] == "ok"


def test_readyz_looks_once_in_a_while(ready, clock, django_assert_num_queries):
    ready()
    with django_assert_num_queries(0):
        ready()
