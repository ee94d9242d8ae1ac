"""What is kept of an uploaded picture, and what is refused."""

import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from helpers.pictures import picture, upload
from PIL import Image

from lawblog.media.pictures import store

pytestmark = [pytest.mark.usefixtures("disk", "db"), pytest.mark.slow]


def test_a_picture_is_kept_in_widths_and_formats_never_larger(disk):
    url, width, height, _ = store(upload(picture()))
    assert (width, height) == (1200, 800)
    stem = url.removeprefix("/media/").removesuffix(".jpg")
    kept = sorted(f"pictures/{path.name}" for path in (disk / "pictures").iterdir())
    sizes = (1200, 480, 960)
    smaller = [f"{stem}-{w}.{kind}" for w in sizes for kind in ("avif", "webp")]
    assert kept == [*smaller, f"{stem}.jpg"]
    with Image.open(disk / f"{stem}-480.avif") as smallest:
        assert smallest.size == (480, 320)


def test_the_same_picture_is_kept_once(disk):
    urls = {store(upload(picture(), name))[0] for name in ("a.jpg", "b.jpg")}
    assert len(urls) == 1
    assert len(list((disk / "pictures").iterdir())) == 7


def test_a_picture_tells_nothing_of_where_it_was_taken(disk):
    exif = Image.Exif()
    exif[0x010E] = "at home"
    exif.get_ifd(0x8825)[2] = (40.0, 51.0, 3.0)
    content = picture(exif=exif, comment=b"my house") + b"<script>tail()</script>"
    store(upload(content))
    for path in (disk / "pictures").iterdir():
        kept = path.read_bytes()
        assert not any(s in kept for s in (b"at home", b"my house", b"tail()"))
        with Image.open(path) as shown:
            assert not shown.getexif().get_ifd(0x8825)


def test_a_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    _, width, height, _ = store(upload(picture((1200, 800), exif=exif)))
    assert (width, height) == (800, 1200)


def bomb(side):
    """A PNG of a few bytes that says it is so many pixels wide and high."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + data + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture we can show"),
        (b"<html><script>a()</script>", "not a picture we can show"),
        (picture()[:900], "damaged or cut off"),
        (bomb(60_000), "more than 50 million pixels"),
        # Below what Pillow itself takes for a bomb.
        (bomb(7_072), "more than 50 million pixels"),
        (b"\xff" * (50 * 1024 * 1024), "larger than 15 MB"),
        (b"", "not a picture we can show|No picture arrived"),
    ],
    ids=["svg", "html", "truncated", "bomb", "50.01 MP", "50 MB", "empty"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(disk, content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        store(upload(content))
    assert not (disk / "pictures").exists()
