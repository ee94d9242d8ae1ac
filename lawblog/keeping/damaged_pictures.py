"""Finds damaged pictures, as a bad disk or an older version may leave them. They are
removed, so that nobody is shown half a picture, and made again where possible."""

import re
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, UnidentifiedImageError

from lawblog.media.pictures import rendition, renditions

from . import files

# As lawblog/media/pictures.py names the picture itself; its other sizes have one more
# number.
ORIGINAL = re.compile(r"(pictures/([0-9a-f]{32})-(\d+)x\d+)\.(?:jpg|png)")
# What is left of a picture that cannot be made again, until it is put back.
LOST = ".lost"
NAMES_SHOWN = 5  # names in a sentence


def check() -> str:
    """Reads every picture; a sentence. ValueError names those that are lost."""
    names, mended = [*files.names(default_storage)], 0
    originals = {found[0]: found for found in map(ORIGINAL.fullmatch, names) if found}
    for name, found in originals.items():
        if is_whole(name):
            mended += mend(name, found[1], int(found[3]))
        else:
            default_storage.delete(name)
            default_storage.save(hidden(name), ContentFile(b""))
    # Smaller versions of pictures that are gone.
    there = tuple(f"{found[1]}-" for found in originals.values())
    for name in names:
        if name not in originals and not name.startswith(there):
            take_away_unless_whole(name)
    if lost := [*still_lost()]:
        more = f" and {len(lost) - NAMES_SHOWN} more" if len(lost) > NAMES_SHOWN else ""
        raise ValueError(
            f"Not whole: {', '.join(lost[:NAMES_SHOWN])}{more}. Upload them again, or "
            "restore them from a backup."
        )
    again = f" {mended:,} smaller versions were made again." if mended else ""
    return f"{len(names):,} pictures are whole.{again}"


def mend(name: str, stem: str, width: int) -> int:
    """Makes the smaller versions of a whole picture that are not there, or not whole;
    how many."""
    missing = [
        each for each in renditions(stem, width) if take_away_unless_whole(each[0])
    ]
    if missing:
        with default_storage.open(name) as file, Image.open(file) as picture:
            picture.load()
            for smaller, size, kind in missing:
                made = ContentFile(rendition(picture, size, kind))
                default_storage.save(smaller, made)
    return len(missing)


def take_away_unless_whole(name: str) -> bool:
    """Whether there is no such file now."""
    if not default_storage.exists(name):
        return True
    if is_whole(name):
        return False
    default_storage.delete(name)
    return True


def hidden(name: str) -> str:
    folder, _, last = name.rpartition("/")
    return f"{folder}/.{last}{LOST}"


def still_lost() -> Iterator[str]:
    """The names of the pictures that were taken away and not put back since."""
    try:
        _, names = default_storage.listdir("pictures")
    except FileNotFoundError:
        return
    for note in sorted(name for name in names if name.endswith(LOST)):
        name = f"pictures/{note[1 : -len(LOST)]}"
        if default_storage.exists(name):
            default_storage.delete(f"pictures/{note}")
        else:
            yield name


def is_whole(name: str) -> bool:
    """The picture itself is named by what it holds; its other sizes are decoded."""
    if found := ORIGINAL.fullmatch(name):
        return files.digest(default_storage, name).startswith(found[2])
    try:
        with default_storage.open(name) as file, Image.open(file) as picture:
            picture.load()
    except (OSError, UnidentifiedImageError, SyntaxError, ValueError):
        return False
    return True
