"""How stored pictures are named and addressed. Pure.

A picture is pictures/DIGEST-WIDTHxHEIGHT.jpg (or .png), its size in CSS pixels; smaller
versions are pictures/DIGEST-WIDTHxHEIGHT-SMALLERWIDTH.avif and .webp. The digest is of
the content, so that a name never means another picture.
"""

import re

# settings.MEDIA_URL, and wherever an address of a picture is recognised.
MEDIA_URL = "/media/"
FOLDER = "pictures"
# What a text has before the name of a stored picture.
ADDRESS = f"{MEDIA_URL}{FOLDER}/"
DIGEST = r"[0-9a-f]{32}"
STEM = rf"{DIGEST}-(?P<width>\d{{1,4}})x(?P<height>\d{{1,4}})"
# Any stored file, for an address's pattern.
FILE = (
    rf"{FOLDER}/{DIGEST}-\d{{1,4}}x\d{{1,4}}"
    r"(?:-\d{1,4}\.(?:avif|webp)|\.(?:jpg|png))"
)
# The address of one in its full size.
PICTURE = re.compile(rf"{ADDRESS}{STEM}\.(?:jpg|png)")
_DIGESTS = re.compile(rf"{ADDRESS}({DIGEST})-")


def digests_in(html: str) -> set[str]:
    """The digests of the stored pictures that a text shows."""
    return set(_DIGESTS.findall(html))


def is_picture(address: str) -> bool:
    """Whether this is the address of a stored picture in its full size."""
    return bool(PICTURE.fullmatch(address))


def digest_of(name: str) -> str:
    """The digest in a stored file's name.

    >>> digest_of("pictures/0123456789abcdef0123456789abcdef-500x400.jpg")
    '0123456789abcdef0123456789abcdef'
    """
    return name.removeprefix(f"{FOLDER}/")[:32]
