"""Adds pictures to the library that are older than it, or came with a backup."""

import re

from django.core.files.storage import default_storage

from .models import Facts, Picture
from .names import FOLDER, STEM

_NAME = re.compile(rf"{STEM}\.(?:jpg|png)")


def add_unlisted_pictures() -> int:
    """Makes a row for each stored picture that has none; how many. Raises what the
    storage does."""
    known = set(Picture.objects.values_list("file", flat=True))
    count = 0
    for name in sorted(set(stored_names()) - known):
        match = _NAME.fullmatch(name)
        if match:
            size = default_storage.size(f"{FOLDER}/{name}")
            Picture.objects.note(
                Facts(name, int(match["width"]), int(match["height"]), size)
            )
            count += 1
    return count


def stored_names() -> list[str]:
    """Names of all stored pictures, without their smaller versions."""
    try:
        _, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return [name for name in names if _NAME.fullmatch(name)]
