"""An archive from anywhere: whatever is wrong with it is named in a sentence, before
anything is read into a database."""

import hashlib
import json
import resource
import stat
import zipfile
from contextlib import contextmanager

import pyrage
import pytest

from lawblog.keeping.archive import (
    ArchiveError,
    ArchiveWriter,
    appearing,
    opened,
    reading,
)
from lawblog.keeping.archive.encryption import encrypted, recipients
from lawblog.keeping.archive.manifest import Manifest
from lawblog.keeping.archive.names import problem_with_file

TEXT = b'["id"]\n[1]\n'


def manifest(*names, **changes):
    sha256 = hashlib.sha256(TEXT).hexdigest()
    parts = [{"name": n, "bytes": len(TEXT), "sha256": sha256} for n in names]
    facts = {"made_at": "2026-11-27", "site": "http://a", "database": "sqlite"}
    facts |= {"format": "lawblog backup", "version": 1, "migrations": []}
    return json.dumps({**facts, "parts": parts, **changes})


@pytest.fixture
def archive(tmp_path):
    """archive({entry: bytes}, manifest) → the path of a zip of exactly these."""

    def make(entries, text=None):
        path = tmp_path / "archive.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for entry, data in entries.items():
                out.writestr(entry, data)
            if text is not None:
                out.writestr("manifest.json", text)
        return path

    return make


def refusal(path, identity=None):
    with pytest.raises(ArchiveError) as caught, opened(path, identity) as found:
        found.verify()
    return str(caught.value)


GOOD = "rows/posts.post.jsonl"


def test_an_archive_in_order_is_read_to_its_end(archive):
    with opened(archive({GOOD: TEXT}, manifest(GOOD))) as found:
        found.verify()
        assert list(found.lines(found.manifest.parts[0])) == [b'["id"]', b"[1]"]


@pytest.mark.parametrize(
    "name, words",
    [
        ("../evil", "a name that no backup gives"),
        ("/etc/passwd", "a name that no backup gives"),
        ("rows/../../evil.jsonl", "a name that no backup gives"),
        ("files/media/../../evil", "leads elsewhere"),
        ("files/media//etc/passwd", "leads elsewhere"),
        ("files/media/./a", "leads elsewhere"),
        ("files/media/a\\..\\b", "leads elsewhere"),
        ("files/media/a\u202egpj.exe", "cannot be seen"),
        (f"files/media/{'é' * 150}", "more than 255 bytes"),
        ("files/media/", "become something that is no file"),
    ],
    ids=ascii,
)
def test_a_name_that_leads_elsewhere_is_refused(archive, name, words):
    assert words in refusal(archive({zipfile.ZipInfo(name): TEXT}, manifest(name)))


def test_a_link_is_refused(archive):
    link = zipfile.ZipInfo("files/media/a")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    sentence = refusal(archive({link: b"/etc/passwd"}, manifest("files/media/a")))
    assert sentence == "'files/media/a' has become a link."


def test_a_name_with_a_nul_is_refused(archive):
    # zipfile writes none, and cuts the name off there when it reads one.
    path = archive({"files/media/a+b": TEXT}, manifest("files/media/a"))
    path.write_bytes(path.read_bytes().replace(b"a+b", b"a\0b"))
    assert "cannot be seen" in refusal(path)


def test_what_unpacks_without_end_is_refused(archive, monkeypatch):
    monkeypatch.setattr(reading, "UNSUSPICIOUS_BYTES", 2**20)
    bomb = bytes(4 * 2**20)
    assert "to fill the disk" in refusal(archive({GOOD: bomb}, manifest(GOOD)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_twice_a_missing_one_and_a_foreign_one_are_refused(archive, tmp_path):
    twice = archive({GOOD: TEXT, zipfile.ZipInfo(GOOD): TEXT}, manifest(GOOD))
    assert "in the archive twice" in refusal(twice)
    assert "missing from" in refusal(archive({}, manifest(GOOD)))
    foreign = archive({GOOD: TEXT, "files/media/a": TEXT}, manifest(GOOD))
    assert refusal(foreign) == "files/media/a is not in the archive's manifest."
    named_twice = archive({GOOD: TEXT}, manifest(GOOD, GOOD))
    assert refusal(named_twice) == "The manifest names a part twice."


def test_an_altered_part_is_named_though_the_zip_agrees_with_it(archive):
    altered = archive({GOOD: TEXT.replace(b"1", b"2")}, manifest(GOOD))
    assert refusal(altered).startswith(f"{GOOD} is not as it was written")


def test_one_flipped_byte_anywhere_is_found(archive):
    path = archive({GOOD: TEXT, "files/media/a": TEXT}, manifest(GOOD, "files/media/a"))
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(
            whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :]
        )
        try:
            with opened(path) as found:
                found.verify()
                parts = {
                    p.name: b"".join(found.chunks(p)) for p in found.manifest.parts
                }
            # What zip has no check of, like the date of an entry, is no part's content.
            assert parts == {GOOD: TEXT, "files/media/a": TEXT}, place
        except ArchiveError as error:
            assert str(error).endswith("."), place


@pytest.mark.parametrize("left", [0, 1, 100, -1])
def test_a_truncated_archive_is_refused(archive, left):
    path = archive({GOOD: TEXT}, manifest(GOOD))
    path.write_bytes(path.read_bytes()[:left])
    assert "no backup, or it was cut off" in refusal(path)


@pytest.mark.parametrize(
    "text, words",
    [
        (None, "no manifest"),
        ("{", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ("[]", "something else"),
        ('{"format": "another"}', "something else"),
        (manifest(version=2), "has version 2 of the format, and this site knows 1"),
        (manifest(parts=[{"name": "a"}]), "something else"),
        (manifest(parts={"a": 1}), "something else"),
        (manifest(migrations=[["posts"]]), "something else"),
        (manifest(migrations=[[1, 2]]), "something else"),
        (manifest(ledger={"seq": "1"}), "something else"),
        (manifest(surprise=1), "something else"),
    ],
    ids=range(12),
)
def test_a_foreign_or_newer_manifest_is_refused(archive, text, words):
    assert words in refusal(archive({}, text))


def test_what_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"SQLite format 3\0" * 100)
    assert "no backup" in refusal(path)
    assert "No such file" in refusal(tmp_path / "nowhere")
    assert "a folder or a pipe" in refusal(tmp_path)


@pytest.fixture
def key(tmp_path):
    identity = pyrage.x25519.Identity.generate()
    file = tmp_path / "key.txt"
    file.write_text(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public()), file


def test_an_encrypted_archive_opens_with_its_key_alone(tmp_path, key, settings):
    settings.VAR_DIR = tmp_path
    public, identity = key
    path = tmp_path / "a.age"
    with appearing(path) as file, encrypted(file, recipients([public])) as out:
        writer = ArchiveWriter(out)
        with writer.part(GOOD, packed=True) as write:
            write(TEXT)
        writer.finish(Manifest("now", "a", "sqlite", [], parts=writer.parts))
    assert TEXT not in path.read_bytes() and b"manifest" not in path.read_bytes()
    with opened(path, identity) as found:
        found.verify()
    assert "Give the file with its secret key" in refusal(path)
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    assert "another key is meant" in refusal(path, other)
    path.write_bytes(path.read_bytes()[:-10])
    assert "cut off or altered" in refusal(path, identity)


@pytest.mark.parametrize("text", ["", "age1abc", "AGE-SECRET-KEY-1ABC", "\ud800"])
def test_what_is_no_key_is_refused(tmp_path, text):
    with pytest.raises(ArchiveError, match="no public key"):
        recipients([text])
    file = tmp_path / "key.txt"
    file.write_text(text, errors="replace")
    encrypted_file = tmp_path / "a.age"
    encrypted_file.write_bytes(b"age-encryption.org/v1\n")
    assert "no secret key of age" in refusal(encrypted_file, file)


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a"
    with pytest.raises(ArchiveError, match="No space left"), appearing(path) as file:
        file.write(b"half")
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []
    with appearing(path) as file:
        file.write(b"whole")
        assert not path.exists()
        with pytest.raises(ArchiveError, match="by another program"), appearing(path):
            pass
    assert path.read_bytes() == b"whole" and path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ArchiveError, match="is there already"), appearing(path):
        pass


@contextmanager
def full_after(size):
    """Within, no file grows beyond `size` bytes, as on a disk that is full."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


@pytest.mark.parametrize("size", [10, 5000, 500_000])
def test_a_disk_that_is_full_is_a_sentence_and_nothing_is_left(tmp_path, size):
    """Whatever waits in Python's buffer is tried again when the file is closed."""
    with (
        full_after(size // 2),
        pytest.raises(ArchiveError, match="could not be written: File too large"),
        appearing(tmp_path / "a") as file,
    ):
        file.write(b"x" * size)
    assert list(tmp_path.iterdir()) == []


def test_names_of_pictures_and_captures_are_fine():
    for name in ("pictures/0a-9x9.jpg", "ab/abc.gz", "Über uns/日本.png", "a b.txt"):
        assert problem_with_file(name) == ""
