"""Pictures that are not whole: a machine that stopped while one was written."""

import hashlib
import re

from django.core.files.storage import Storage, default_storage
from PIL import Image, UnidentifiedImageError

from . import files

# As lawblog/media/pictures.py names the picture itself; its other sizes have one more
# number.
ORIGINAL = re.compile(r"pictures/([0-9a-f]{32})-\d+x\d+\.(?:jpg|png)")
TOLD = 5  # names in a sentence


def check() -> str:
    """Reads every picture; a sentence. ValueError names those that are not whole."""
    spoilt, count = [], 0
    for name in files.names(default_storage):
        count += 1
        if not is_whole(default_storage, name):
            spoilt.append(name)
    if spoilt:
        more = f" and {len(spoilt) - TOLD} more" if len(spoilt) > TOLD else ""
        raise ValueError(
            f"Not whole: {', '.join(spoilt[:TOLD])}{more}. Upload them again, or "
            "restore them from a backup."
        )
    return f"{count:,} pictures are whole."


def is_whole(storage: Storage, name: str) -> bool:
    """The picture itself is named by what it holds; its other sizes are decoded."""
    if found := ORIGINAL.fullmatch(name):
        digest = hashlib.sha256()
        for data in files.chunks(storage, name):
            digest.update(data)
        return digest.hexdigest().startswith(found[1])
    try:
        with storage.open(name) as file, Image.open(file) as picture:
            picture.load()
    except (OSError, UnidentifiedImageError, SyntaxError, ValueError):
        return False
    return True
