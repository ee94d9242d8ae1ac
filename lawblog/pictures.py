"""Pictures that people upload: decoded, turned upright, re-encoded, named by hash."""

import hashlib
import io
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
# As wide as the article's column on a dense screen.
MAX_SIZE = (1600, 2400)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

REFUSED = "This is not a picture we can show. Use a JPEG, PNG, WebP or GIF file."


def store(upload):
    """Keep an uploaded picture; returns (url, width, height) in CSS pixels.

    The bytes kept are encoded afresh from the pixels, so that places, names and
    hidden code in the original are gone. The same picture is kept once. Raises
    ValidationError with a sentence.
    """
    if not upload:
        raise ValidationError("No picture arrived. Choose a file first.")
    if upload.size > MAX_BYTES:
        raise ValidationError("This picture is larger than 15 MB. Make it smaller.")
    picture = _decode(upload)
    picture.thumbnail(MAX_SIZE)
    kind = "PNG" if picture.mode == "RGBA" else "JPEG"
    out = io.BytesIO()
    picture.save(out, kind, quality=84, optimize=True)
    content = out.getvalue()
    suffix = "png" if kind == "PNG" else "jpg"
    name = f"pictures/{hashlib.sha256(content).hexdigest()[:32]}.{suffix}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return default_storage.url(name), *picture.size


def _decode(upload):
    """The upload's pixels in a fresh RGB or RGBA image, without metadata."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(
                    "This picture has more than 50 million pixels. Make it smaller."
                )
            picture = ImageOps.exif_transpose(picture)
            mode = "RGBA" if picture.has_transparency_data else "RGB"
            picture = picture.convert(mode)
    except ValidationError:
        raise
    # Pillow raises almost anything on a file that was made to break it.
    except Exception as error:
        raise ValidationError(REFUSED) from error
    fresh = Image.new(mode, picture.size)
    fresh.paste(picture)
    return fresh
