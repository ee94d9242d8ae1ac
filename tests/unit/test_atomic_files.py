"""A file is there whole, or not at all."""

import io
import resource
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from lawblog import atomic_files
from lawblog.atomic_files import write_atomically
from lawblog.media.pictures import AWAY, store


@contextmanager
def room_for(size):
    """As on a disk that is full but for so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def upload():
    out = io.BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(out, "PNG")
    return ContentFile(out.getvalue(), name="a.png")


def test_a_full_disk_leaves_nothing_of_a_file(tmp_path):
    with room_for(1000), pytest.raises(OSError):
        write_atomically(tmp_path / "a", [b"x" * 900, b"y" * 900])
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_file_that_was_there(tmp_path):
    write_atomically(tmp_path / "a", [b"before"])
    with room_for(1000), pytest.raises(OSError):
        write_atomically(tmp_path / "a", [b"x" * 2000])
    assert (tmp_path / "a").read_bytes() == b"before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_has_its_name_only_when_it_is_on_the_disk(tmp_path, monkeypatch):
    seen = []
    sync = atomic_files.os.fsync

    def note(descriptor):
        seen.append([p.name for p in tmp_path.iterdir()])
        sync(descriptor)

    monkeypatch.setattr(atomic_files.os, "fsync", note)
    write_atomically(tmp_path / "a", [b"text"])
    (first,), second = seen
    assert first.startswith(".a.") and first.endswith(".part")
    # The folder with the new name.
    assert second == ["a"]


@pytest.mark.slow
def test_a_picture_that_does_not_fit_is_told_in_words_and_may_come_again(
    db, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    with room_for(3000), pytest.raises(ValidationError, match=AWAY):
        store(upload())
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [p for p in left if p.suffix in (".part", ".jpg", ".png")]
    url, *_ = store(upload())
    assert Path(default_storage.path(url.removeprefix("/media/"))).exists()
