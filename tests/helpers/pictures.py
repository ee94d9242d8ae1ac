"""Uploaded pictures, and what was kept of them."""

import io
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django.fixtures import Settings

from lawblog.media import pictures
from lawblog.media.pictures import store

UPLOAD = "/admin/upload/?responseType=json"


@pytest.fixture(scope="session", autouse=True)
def pictures_are_encoded_once() -> Iterator[None]:
    """Making six files of a picture takes longer than most tests, and the pictures of
    most tests are the same."""
    made: dict[tuple[object, ...], bytes] = {}
    encode = pictures.rendition

    def rendition(picture: Image.Image, width: int, kind: str) -> bytes:
        pixels = blake2b(picture.tobytes()).digest()
        how = str(pictures.ENCODERS[kind]), pictures.LARGE_PIXELS
        key = (pixels, picture.mode, picture.size, width, kind, *how)
        if key not in made:
            made[key] = encode(picture, width, kind)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "rendition", rendition)
        yield


@pytest.fixture
def disk(settings: Settings, tmp_path: Path) -> Path:
    """Where pictures are kept, empty."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(
    size: tuple[int, int] = (1200, 800), kind: str = "JPEG", **options: Any
) -> bytes:
    return saved(Image.new("RGB", size, "teal"), kind, **options)


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def upload(content: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def stored(content: bytes) -> tuple[Image.Image, str]:
    """(what was kept of the file, as a picture; what was said of it)."""
    kept = store(upload(content))
    with default_storage.open(kept.url.removeprefix("/media/")) as file:
        shown = Image.open(file)
        shown.load()
    return shown, kept.remark
