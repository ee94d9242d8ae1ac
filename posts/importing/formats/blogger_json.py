"""What Blogger's programming interface gives (JSON); its export is an Atom feed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..article import Found, Refusal
from ..upload import Format, Part, Upload
from .json_rows import Row, moment, string


def read(upload: Upload) -> Iterator[Part]:
    for number, post in enumerate(_posts(upload.json), start=1):
        title, html = string(post, "title"), string(post, "content")
        if not html.strip():
            yield Refusal("It holds no text.", title or f"entry {number}")
            continue
        address, own = string(post, "url"), string(post, "id")
        author, labels = post.get("author"), post.get("labels")
        found = Found(
            title=title,
            html=html,
            source=f"blogger:{own}" if own else f"url:{address}" if address else "",
            published=moment(post, "published"),
            author=string(author, "displayName") if isinstance(author, dict) else "",
            topics=[one for one in labels or () if isinstance(one, str)],
            old_addresses=[address] if address else [],
            base=address,
        )
        if string(post, "status") == "DRAFT":
            found.say("It was a draft on the old site.")
        yield found


def _posts(said: Any) -> list[Row]:
    items = said.get("items") if isinstance(said, dict) else said
    items = items if isinstance(items, list) else []
    return [
        one
        for one in items
        if isinstance(one, dict) and one.get("kind") == "blogger#post"
    ]


FORMAT = Format("Blogger’s posts as JSON", lambda u: bool(_posts(u.json)), read)
