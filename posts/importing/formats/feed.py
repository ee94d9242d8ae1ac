"""A feed kept as a file: RSS 1 and 2, Atom, and what Blogger exports as Atom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..article import Remark
from ..upload import Format, Part, Upload
from .atom import atom_articles
from .rss import rss_articles
from .xml import RECOVERED, local, root_of

_ROOTS = re.compile(r"<(?:\w+:)?(?:rss|rdf|feed)\b")


def read(upload: Upload) -> Iterator[Part]:
    root, is_mended = root_of(upload)
    if is_mended:
        yield Remark(RECOVERED)
    yield from atom_articles(root) if local(root) == "feed" else rss_articles(root)


def is_feed(upload: Upload) -> bool:
    return upload.head.startswith("<") and bool(_ROOTS.search(upload.head[:3000]))


FORMAT = Format("a feed (RSS or Atom, of Blogger too)", is_feed, read)
