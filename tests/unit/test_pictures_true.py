"""What an uploaded picture shows is what its file means."""

import struct
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from helpers.inputs import INPUTS, need_inputs
from helpers.pictures import UPLOAD, saved, stored, upload
from PIL import Image, ImageCms

from lawblog.media.pictures import store

pytestmark = [pytest.mark.usefixtures("disk", "db"), pytest.mark.slow]


def near(pixel, color, by=4):
    return all(abs(a - b) <= by for a, b in zip(pixel, color, strict=True))


def test_sixteen_bits_of_grey_keep_their_shades():
    ramp = Image.new("I;16", (256, 10))
    ramp.putdata([column * 257 for _ in range(10) for column in range(256)])
    shown, _ = stored(saved(ramp))
    for column in (0, 64, 128, 200, 255):
        assert near(shown.getpixel((column, 5)), (column,) * 3)


@pytest.fixture(scope="module")
def wide():
    """A profile of colors that reach further than sRGB's, red and blue exchanged."""
    matrix = ImageCms.createProfile("sRGB")
    data = bytearray(ImageCms.ImageCmsProfile(matrix).tobytes())
    for number in range(struct.unpack(">I", data[128:132])[0]):
        tag = 132 + 12 * number
        swap = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}.get(bytes(data[tag : tag + 4]))
        if swap:
            data[tag : tag + 4] = swap
    return bytes(data)


@pytest.mark.parametrize("mode", ("RGB", "RGBA", "P"))
@pytest.mark.parametrize("kind", ("PNG", "WEBP"))
def test_colors_are_what_their_profile_means(wide, mode, kind):
    image = Image.new("RGB", (40, 40), (220, 30, 60))
    image = image.convert(mode, palette=Image.Palette.ADAPTIVE)
    if kind == "WEBP" and mode == "P":
        image = image.convert("RGB")
    shown, _ = stored(saved(image, kind, icc_profile=wide, lossless=True))
    assert near(shown.convert("RGB").getpixel((5, 5)), (60, 30, 220), by=8)
    assert "icc_profile" not in shown.info


@pytest.mark.parametrize("profile", (b"junk", b"\0" * 200, b""))
@pytest.mark.parametrize("mode", ("RGB", "CMYK", "L"))
def test_a_broken_profile_or_one_of_another_kind_stops_nothing(wide, profile, mode):
    for each in (profile, wide):
        if each is wide and mode == "RGB":
            continue
        image = Image.new("RGB", (40, 40), "gray").convert(mode)
        shown, _ = stored(saved(image, "JPEG", icc_profile=each))
        assert near(shown.getpixel((5, 5)), (128,) * 3, by=8)


def test_what_shows_through_goes_on_to(wide):
    image = Image.new("RGBA", (40, 40), (10, 20, 30, 0))
    image.paste((220, 30, 60, 255), (0, 0, 20, 40))
    shown, _ = stored(saved(image, icc_profile=wide))
    assert shown.mode == "RGBA" and shown.getpixel((30, 5))[3] == 0
    assert near(shown.getpixel((5, 5)), (60, 30, 220, 255), by=8)


def moving(kind):
    frames = [Image.new("RGB", (40, 40), color) for color in ("red", "blue")]
    options = {"save_all": True, "append_images": frames[1:], "duration": 100}
    return saved(frames[0], kind, **options)


@pytest.mark.parametrize("kind", ("GIF", "WEBP", "PNG", "AVIF"))
def test_of_what_moves_the_first_picture_is_kept_and_it_is_said(staff_client, kind):
    shown, remark = stored(moving(kind))
    assert near(shown.convert("RGB").getpixel((5, 5)), (254, 0, 0), by=8)
    assert remark.startswith("Only the first picture of this animation is kept")
    answer = staff_client.post(UPLOAD, {"upload": upload(moving(kind))}).json()
    assert answer["uploaded"] == 1 and answer["error"]["message"] == remark


@pytest.mark.parametrize("kind", ("GIF", "WEBP", "PNG", "AVIF", "JPEG"))
def test_nothing_is_said_of_what_stands_still(kind):
    assert stored(saved(Image.new("RGB", (40, 40), "red"), kind))[1] == ""


@pytest.mark.parametrize(
    ("size", "kept"),
    (((1080, 6480), (1080, 6480)), ((3000, 800), (1600, 427)), ((30, 900), (30, 900))),
)
def test_tall_and_wide_pictures_stay_legible(size, kept):
    shown, _ = stored(saved(Image.new("L", size, "white"), optimize=True))
    assert shown.size == kept


@pytest.mark.parametrize(
    ("size", "sentence"),
    (((1080, 12000), "tall and narrow"), ((12000, 1000), "wide and low")),
)
def test_what_nobody_could_read_is_refused_with_a_sentence(size, sentence):
    with pytest.raises(ValidationError, match=sentence):
        store(upload(saved(Image.new("L", size, "white"))))


def test_pictures_of_phones_are_read(data):
    shown, _ = stored((data / "phone.heic").read_bytes())
    assert shown.size == (64, 48) and near(shown.getpixel((30, 20)), (200, 30, 60), 12)


@pytest.fixture
def data():
    return Path(__file__).parents[1] / "data"


@need_inputs
@pytest.mark.parametrize(
    ("name", "pixel"), (("gray16.png", None), ("p3.jpg", (218, 0, 54)))
)
def test_the_pictures_that_once_came_out_wrong(name, pixel):
    shown, _ = stored((INPUTS / name).read_bytes())
    if pixel:
        assert near(shown.getpixel((5, 5)), pixel)
    else:
        assert len(shown.convert("L").getcolors()) > 1


@need_inputs
def test_the_animation_and_the_tall_picture_are_said():
    assert stored((INPUTS / "anim.gif").read_bytes())[1]
    with pytest.raises(ValidationError, match="tall and narrow"):
        stored((INPUTS / "tall-1080x12000.png").read_bytes())
