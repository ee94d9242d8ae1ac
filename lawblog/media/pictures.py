"""Pictures that people upload: decoded, turned upright, re-encoded, named by hash."""

import hashlib
import io
import logging
from collections.abc import Callable
from functools import lru_cache
from itertools import product
from typing import IO, NamedTuple, TypedDict, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from lawblog.html.characters import printable
from lawblog.pagecache.fragments import cached_fragment
from lawblog.records.acting import current

from .decoding import FORMATS, decode
from .models import Facts, Picture
from .names import FOLDER, digest_of

logger = logging.getLogger(__name__)


class Quality(TypedDict, total=False):
    """What Pillow's encoders are asked for."""

    quality: int
    speed: int


MAX_BYTES = 15 * 1024 * 1024
# Besides the JPEG or PNG, each picture is kept in these widths, never made larger.
WIDTHS = (480, 960, 1600)
ENCODERS: dict[str, Quality] = {
    "avif": {"quality": 55, "speed": 8},
    "webp": {"quality": 78},
}
LARGE_PIXELS = 4_000_000

AWAY = "The picture could not be kept just now. Your text is safe: try again later."


# Functions that say of a picture's digest whether a public page shows the picture.
_shown_by: list[Callable[[str], bool]] = []


def register_shown_check(check: Callable[[str], bool]) -> None:
    """Lets readers see the pictures of which check(digest) is true."""
    _shown_by.append(check)


def is_shown(digest: str) -> bool:
    """Whether a public page shows the picture now. Remembered until a change."""

    def look() -> bool:
        return any(check(digest) for check in _shown_by)

    return cached_fragment(("picture", digest), look)


class StoredPicture(NamedTuple):
    """Where a picture is, its size in CSS pixels, and a sentence on what of it was
    lost, or ""."""

    url: str
    width: int
    height: int
    remark: str = ""

    @property
    def digest(self) -> str:
        return digest_of(self.url.removeprefix(settings.MEDIA_URL))


def store(upload: UploadedFile | None) -> StoredPicture:
    """Keep an uploaded picture, once: encoded anew from its pixels, so that places,
    names and hidden code are gone, and with its size in its name, so that a page can be
    laid out without a look at the file. Raises ValidationError with a sentence."""
    if not upload:
        raise ValidationError("No picture arrived. Choose a file first.")
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError("This picture is larger than 15 MB. Make it smaller.")
    # What is uploaded is open already; whoever opened it closes it.
    picture, remark = decode(cast("IO[bytes]", upload))
    content, suffix = _encode(picture)
    digest = hashlib.sha256(content).hexdigest()[:32]
    stem = f"{FOLDER}/{digest}-{picture.width}x{picture.height}"
    try:
        _save_in_all_sizes(picture, stem, f"{stem}.{suffix}", content)
    except storage_errors() as error:
        # A full disk, one that can only be read, a bucket that is away: with its name.
        logger.error("A picture could not be kept: %s", error)
        raise ValidationError(AWAY) from error
    facts = Facts(f"{stem}.{suffix}".rsplit("/")[-1], *picture.size, len(content))
    Picture.objects.note(facts, printable(upload.name or ""), current().id)
    url = f"{settings.MEDIA_URL}{stem}.{suffix}"
    return StoredPicture(url, *picture.size, remark)


def _save_in_all_sizes(
    picture: Image.Image, stem: str, name: str, content: bytes
) -> None:
    if default_storage.exists(name):
        return
    for smaller, width, kind in renditions(stem, picture.width):
        _save(smaller, rendition(picture, width, kind))
    # Last: if this file is there, so are the others.
    _save(name, content)


@lru_cache(maxsize=32)
def cropped(name: str, size: tuple[int, int], focus: tuple[int, int]) -> bytes:
    """A stored picture as a JPEG of this size in pixels, cut so that a point of it (in
    percent from the left and the top) stays in sight. name: as the storage has it.
    Raises what the storage does."""
    with default_storage.open(name) as file:
        whole = Image.open(file, formats=FORMATS)
        paper = Image.new("RGB", whole.size, "white")
        # What shows through stands on white.
        paper.paste(whole, mask=whole if whole.mode == "RGBA" else None)
    x, y = focus
    cut = ImageOps.fit(paper, size, centering=(x / 100, y / 100))
    out = io.BytesIO()
    cut.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _encode(picture: Image.Image) -> tuple[bytes, str]:
    """(the file's bytes, its suffix): a PNG where something shows through."""
    kind, suffix = ("PNG", "png") if picture.mode == "RGBA" else ("JPEG", "jpg")
    out = io.BytesIO()
    picture.save(out, kind, quality=84, optimize=True)
    return out.getvalue(), suffix


def widths(width: int) -> list[int]:
    """The widths, in pixels, in which a picture of this width is kept."""
    return sorted({min(width, each) for each in WIDTHS})


def renditions(stem: str, width: int) -> list[tuple[str, int, str]]:
    """(name, width, kind) of each smaller version of a picture of this width."""
    sizes = product(widths(width), ENCODERS)
    return [(f"{stem}-{each}.{kind}", each, kind) for each, kind in sizes]


def rendition(picture: Image.Image, width: int, kind: str) -> bytes:
    """A file of a smaller version."""
    size = (width, max(1, round(picture.height * width / picture.width)))
    out = io.BytesIO()
    resized = picture.resize(size, Image.Resampling.LANCZOS)
    options = ENCODERS[kind]
    if kind == "avif" and resized.width * resized.height > LARGE_PIXELS:
        # A quarter of the time, which somebody waits for, for as many bytes.
        options = {**options, "speed": 10}
    resized.save(out, kind, **options)
    return out.getvalue()


def _save(name: str, content: bytes) -> None:
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))


def storage_errors() -> tuple[type[Exception], ...]:
    """What the file store raises when it is away: a full disk, or S3's own errors."""
    if not settings.MEDIA_IN_S3:
        return (OSError,)
    # Installed only where pictures are kept in S3.
    from botocore.exceptions import BotoCoreError, ClientError

    return (OSError, BotoCoreError, ClientError)
