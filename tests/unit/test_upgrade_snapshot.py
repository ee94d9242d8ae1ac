"""What deploy/upgrade goes back to (deploy/snapshot.py), on this test's database."""

import importlib.util
import sqlite3
from pathlib import Path
from types import ModuleType

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def snapshot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The program, with a small database of SQLite for the site's."""
    place = ROOT / "deploy/snapshot.py"
    spec = importlib.util.spec_from_file_location("upgrade_snapshot", place)
    assert spec and spec.loader
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    site = tmp_path / "site.sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(site))
    monkeypatch.setattr(connection, "vendor", "sqlite")
    write(site, "CREATE TABLE words (word); INSERT INTO words VALUES ('before')")
    return program


def write(site: Path, statements: str) -> None:
    database = sqlite3.connect(site)
    database.executescript(statements)
    database.close()


def read(site: Path) -> list[str]:
    database = sqlite3.connect(site)
    found = [
        *database.execute("SELECT name FROM sqlite_master"),
        *database.execute("SELECT word FROM words"),
    ]
    database.close()
    return [text for (text,) in found]


def test_all_is_as_it_was_and_nothing_newer_is_left(
    snapshot: ModuleType, tmp_path: Path
) -> None:
    site, file = tmp_path / "site.sqlite3", tmp_path / "a.snapshot"
    snapshot.save(str(file))
    write(site, "CREATE TABLE newer (id); UPDATE words SET word = 'after'")
    assert read(site) == ["words", "newer", "after"]
    snapshot.restore(str(file))
    assert read(site) == ["words", "before"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name, site.name]


def test_half_a_snapshot_is_none(
    snapshot: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a full disk: an upgrade that found one would go back to it."""

    def breaks(source: str, target: str) -> None:
        Path(target).write_bytes(b"half")
        raise OSError

    monkeypatch.setattr(snapshot, "copy_sqlite", breaks)
    with pytest.raises(OSError):
        snapshot.save(str(tmp_path / "a.snapshot"))
    assert [path.name for path in tmp_path.iterdir()] == ["site.sqlite3"]
