"""A file's pixels as a browser should show them: upright, in sRGB, not too large."""

import io
import warnings
from typing import IO, NamedTuple

import pi_heif
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms, ImageMath, ImageOps, UnidentifiedImageError

pi_heif.register_heif_opener()

MAX_PIXELS = 50_000_000
# As wide as the article's column on a dense screen, and as tall as a screen's page.
MAX_DIMENSIONS = (1600, 8000)
# What has to be made smaller must stay legible.
MAX_SHRINKING = 6
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")
# Others hold several pictures of one moment.
MAY_MOVE = ("PNG", "WEBP", "GIF", "AVIF")

REFUSED = (
    "This is not a picture we can show. Use a JPEG, PNG, WebP, GIF, AVIF or HEIC file."
)
DAMAGED = "This picture is damaged or cut off. Save it again, and choose that file."
TOO_MANY = "This picture has more than 50 million pixels. Make it smaller."
TOO_TALL = (
    "This picture is so tall and narrow that nobody could read it on a page. Cut it "
    "into parts, one below the other."
)
TOO_WIDE = (
    "This picture is so wide and low that nobody could read it on a page. Cut it into "
    "parts."
)
STILL = "Only the first picture of this animation is kept: it does not move here."
_SRGB = ImageCms.createProfile("sRGB")
_FEW_BITS = {"L;2": 85, "L;4": 17}
# What a profile is of, and the mode that its pixels have.
_MODES = {"RGB ": ("RGB", "RGBA"), "GRAY": ("L", "LA"), "CMYK": ("CMYK",)}


class Decoded(NamedTuple):
    """picture: RGB or, where something shows through, RGBA, with no metadata; remark:
    a sentence on what was lost, or ""."""

    picture: Image.Image
    remark: str


def decode(file: IO[bytes]) -> Decoded:
    """Raises ValidationError with a sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as picture:
                return _decoded(picture)
    except ValidationError:
        raise
    except UnidentifiedImageError as error:
        raise ValidationError(REFUSED) from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValidationError(TOO_MANY) from error
    # Pillow raises almost anything on a file that was made to break it.
    except Exception as error:
        raise ValidationError(DAMAGED) from error


def _decoded(picture: Image.Image) -> Decoded:
    moves = picture.format in MAY_MOVE and getattr(picture, "is_animated", False)
    if picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(TOO_MANY)
    profile = picture.info.get("icc_profile")
    _scale_clear_grey(picture)
    shown = _eight_bits(ImageOps.exif_transpose(picture))
    _refuse_illegible(*shown.size)
    shown.thumbnail(MAX_DIMENSIONS)
    shown = _in_srgb(shown, profile)
    shown = shown.convert("RGBA" if shown.has_transparency_data else "RGB")
    fresh = Image.new(shown.mode, shown.size)
    fresh.paste(shown)
    return Decoded(fresh, STILL if moves else "")


def _scale_clear_grey(picture: Image.Image) -> None:
    """The grey of a PNG that shows through is told in 2 or 4 bits, as the file has it;
    Pillow makes 8 of the pixels alone."""
    clear = picture.info.get("transparency")
    tile = next(iter(getattr(picture, "tile", ())), None)
    factor = _FEW_BITS.get(str(tile[3])) if tile else None
    if factor and isinstance(clear, int):
        picture.info["transparency"] = clear * factor


def _eight_bits(picture: Image.Image) -> Image.Image:
    """In a mode that can be made smaller well. Pillow cuts what is above 255."""
    if picture.mode.startswith("I"):
        most = picture.getextrema()[1]
        # Several channels would have a pair each; this mode has one channel.
        is_deep = picture.mode != "I" or (isinstance(most, (int, float)) and most > 255)
        factor = 1 / 257 if is_deep else 1
        grey = picture.point(lambda value: value * factor).convert("L")
        clear = grey.info.pop("transparency", None)
        if isinstance(clear, int):
            deep = picture.convert("I")
            is_seen = ImageMath.lambda_eval(lambda of: of["deep"] != clear, deep=deep)
            grey.putalpha(is_seen.point(lambda value: value * 255).convert("L"))
        return grey
    if picture.mode in ("1", "P", "PA"):
        shows_through = picture.has_transparency_data
        return picture.convert("RGBA" if shows_through else "RGB")
    if picture.mode in ("RGB", "L") and picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture


def _refuse_illegible(width: int, height: int) -> None:
    if width <= MAX_DIMENSIONS[0] and height <= MAX_DIMENSIONS[1]:
        return
    if height > width * MAX_SHRINKING:
        raise ValidationError(TOO_TALL)
    if width > height * MAX_SHRINKING:
        raise ValidationError(TOO_WIDE)


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colors as the profile means them; without a good one as they are."""
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        modes = _MODES.get(source.profile.xcolor_space, ())
        alpha = picture.getchannel("A") if picture.mode in ("RGBA", "LA") else None
        bare = picture.convert(modes[0]) if alpha else picture
        if bare.mode not in modes:
            return picture
        shown = ImageCms.profileToProfile(bare, source, _SRGB, outputMode="RGB")
    # Profiles are damaged, of another kind or none at all.
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, IndexError):
        return picture
    if shown is None:
        return picture
    if alpha:
        shown.putalpha(alpha)
    return shown
