"""Of what apps bring as static files only what a browser asks for is collected, and
compressed once."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from lawblog.site.staticfiles import Storage, is_served

EDITOR, SELECT2 = "ckeditor/ckeditor", "admin/js/vendor/select2"
OURS = [f"{EDITOR}/lang/en.js", f"{EDITOR}/lang/es.js", f"{SELECT2}/i18n/en.js"]
OTHERS = [
    f"{EDITOR}/lang/fr-ca.js",
    f"{EDITOR}/plugins/a11yhelp/dialogs/lang/fr.js",
    f"{SELECT2}/i18n/fr.js",
]


def test_words_are_served_in_the_languages_of_the_site(settings):
    assert all(map(is_served, OURS)) and not any(map(is_served, OTHERS))
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "French")]
    assert all(map(is_served, [*OURS, *OTHERS]))


def test_what_the_admin_takes_in_debug_alone_is_served_then(settings):
    assert is_served("admin/js/vendor/jquery/jquery.min.js")
    assert not is_served("admin/js/vendor/jquery/jquery.js")
    settings.DEBUG = True
    assert is_served("admin/js/vendor/jquery/jquery.js")


def test_a_file_is_compressed_once_under_both_of_its_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compressed, compress = [], brotli.compress
    monkeypatch.setattr(
        brotli, "compress", lambda text: compressed.append(text) or compress(text)
    )
    storage, text = Storage(location=tmp_path), b"these words alone " * 99
    storage.save("a.js", ContentFile(text))
    list(storage.post_process({"a.js": (storage, "a.js")}))
    made = [path.name for path in tmp_path.glob("a.*js.br")]
    assert len(made) == 2 and "a.js.br" in made
    for name in made:
        assert brotli.decompress((tmp_path / name).read_bytes()) == text
    assert compressed.count(text) == 1


def test_a_file_that_is_no_longer_compressed_leaves_no_former_words(
    tmp_path: Path,
) -> None:
    storage = Storage(location=tmp_path)
    for text in (b"former words " * 99, b"short"):
        (tmp_path / "a.js").write_bytes(text)
        list(storage.post_process({"a.js": (storage, "a.js")}))
    assert not [*tmp_path.glob("a.js.*")]


def test_a_release_that_is_put_back_has_its_own_files(tmp_path: Path) -> None:
    """They are older than those that they replace."""
    for folder, text in (("release", b"of the release"), ("static", b"of a newer one")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.js").write_bytes(text)
    os.utime(tmp_path / "release/a.js", (0, 0))
    command = collectstatic.Command()
    command.storage = Storage(location=tmp_path / "static")
    command.verbosity, command.dry_run, command.symlink = 0, False, False
    command.copy_file("a.js", "a.js", FileSystemStorage(tmp_path / "release"))
    assert (tmp_path / "static/a.js").read_bytes() == b"of the release"


def test_what_is_for_the_internet_explorer_alone_is_not_served() -> None:
    skin = f"{EDITOR}/skins/moono-lisa"
    assert is_served(f"{skin}/editor.css") and is_served(f"{skin}/editor_gecko.css")
    assert not is_served(f"{skin}/editor_ie8.css")


def test_a_full_disk_leaves_no_half_a_file_to_be_served(tmp_path: Path) -> None:
    class Breaks(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"half"
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        Storage(location=tmp_path).save("a.js", Breaks(b"whole"))
    assert [*tmp_path.iterdir()] == []
