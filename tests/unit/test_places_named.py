"""Files that somebody names on a command line and that cannot be."""

import pytest
from django.core.management import CommandError, call_command

from lawblog.records.capture import store

LONG = "x" * 300
COMMANDS = ["backup", "restore", "export"]


@pytest.mark.parametrize("name", [LONG, "a\0b"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_no_file_can_have_is_a_sentence(db, tmp_path, command, name):
    with pytest.raises(CommandError, match="cannot be used|is no name of a file"):
        call_command(command, str(tmp_path / name))
    assert not list(tmp_path.iterdir())


def test_a_secret_key_in_no_file_is_a_sentence(db, tmp_path):
    from lawblog.keeping.archive import ArchiveError
    from lawblog.keeping.archive.encryption import identities

    for name in (LONG, "a\0b", "nothing"):
        with pytest.raises(ArchiveError, match="cannot be read"):
            identities(tmp_path / name)


@pytest.mark.parametrize("option", ["--prune", "--show", "--pack", "--warc"])
def test_an_option_without_a_value_takes_no_capture(db, settings, tmp_path, option):
    settings.VAR_DIR = tmp_path
    with pytest.raises(CommandError):
        call_command("capture", option, "")
    assert not store.names()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "May"])
def test_a_day_that_is_none_is_refused(day):
    with pytest.raises(CommandError, match="is no day like 2026-03-12"):
        call_command("capture", "--list", "--on", day)
