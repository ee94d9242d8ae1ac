"""Pictures that people upload: decoded, turned upright, re-encoded, named by hash."""

import hashlib
import io
import re
import warnings

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from lawblog.pagecache.fragments import cached_fragment

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
# As wide as the article's column on a dense screen.
MAX_SIZE = (1600, 2400)
# Besides the JPEG or PNG, each picture is kept in these widths, never made larger.
WIDTHS = (480, 960, 1600)
ENCODERS = {"avif": {"quality": 55, "speed": 8}, "webp": {"quality": 78}}
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

AWAY = "The picture could not be kept just now. Your text is safe: try again later."
REFUSED = "This is not a picture we can show. Use a JPEG, PNG, WebP or GIF file."


_DIGEST = re.compile(r"/media/pictures/([0-9a-f]{32})-")
# Functions that say of a picture's digest whether a public page shows the picture.
_shown_by = []


def digests_in(html):
    """The digests of the stored pictures that a text shows."""
    return set(_DIGEST.findall(html))


def digest_of(name):
    """The digest in a stored file's name, like "pictures/DIGEST-500x400.jpg"."""
    return name.split("/")[1][:32]


def shown_if(check):
    """Lets readers be sent the pictures of which check(digest) is true."""
    _shown_by.append(check)


def is_shown(digest):
    """Whether a public page shows the picture now. Remembered until a change."""
    key = ("picture", digest)
    return cached_fragment(key, lambda: any(check(digest) for check in _shown_by))


def store(upload):
    """Keep an uploaded picture; returns (url, width, height) in CSS pixels.

    The bytes kept are encoded afresh from the pixels, so that places, names and
    hidden code in the original are gone. The same picture is kept once. The size is
    part of the name, so that a page can be laid out without asking anybody. Raises
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
    digest = hashlib.sha256(content).hexdigest()[:32]
    stem = f"pictures/{digest}-{picture.width}x{picture.height}"
    try:
        if not default_storage.exists(f"{stem}.{suffix}"):
            for name, smaller in _renditions(stem, picture):
                _save(name, smaller)
            # Last: where it is, the others are.
            _save(f"{stem}.{suffix}", content)
    except storage_errors() as error:
        raise ValidationError(AWAY) from error
    return f"{settings.MEDIA_URL}{stem}.{suffix}", *picture.size


def widths(width):
    """The widths, in pixels, in which a picture so wide is kept."""
    return sorted({min(width, each) for each in WIDTHS})


def _renditions(stem, picture):
    for width in widths(picture.width):
        size = (width, max(1, round(picture.height * width / picture.width)))
        resized = picture.resize(size, Image.Resampling.LANCZOS)
        for kind, options in ENCODERS.items():
            out = io.BytesIO()
            resized.save(out, kind, **options)
            yield f"{stem}-{width}.{kind}", out.getvalue()


def _save(name, content):
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))


def storage_errors():
    """What the file store raises when it is away: a full disk, or S3's own errors."""
    if not settings.MEDIA_IN_S3:
        return (OSError,)
    from botocore.exceptions import BotoCoreError, ClientError

    return (OSError, BotoCoreError, ClientError)


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
