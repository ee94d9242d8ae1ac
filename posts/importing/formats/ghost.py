"""Ghost's export of a whole site (JSON)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..article import CannotRead, Found, Refusal, Remark
from ..upload import Format, Part, Upload
from .json_rows import Row, moment, string


class _Export:
    """Ghost's tables, and who and what belongs to a post."""

    def __init__(self, data: Row) -> None:
        self.data = data
        self.meta = {row.get("post_id"): row for row in self.rows("posts_meta")}
        self.tags = {row.get("id"): row for row in self.rows("tags")}
        self.users = {row.get("id"): row for row in self.rows("users")}

    def rows(self, name: str) -> list[Row]:
        rows = self.data.get(name)
        rows = rows if isinstance(rows, list) else []
        return [row for row in rows if isinstance(row, dict)]

    def of_post(self, table: str, key: str, number: Any) -> list[Any]:
        """The numbers that a table joins to a post, in its order."""
        rows = [row for row in self.rows(table) if row.get("post_id") == number]
        rows.sort(key=lambda row: row.get("sort_order") or 0)
        return [row.get(key) for row in rows]

    def topics(self, post: Row) -> list[str]:
        # Names with “#” are for the editors alone.
        own = post.get("tags")
        rows = (
            own
            if isinstance(own, list)
            else [
                self.tags.get(number, {})
                for number in self.of_post("posts_tags", "tag_id", post.get("id"))
            ]
        )
        names = [string(row, "name") for row in rows if isinstance(row, dict)]
        return [name for name in names if not name.startswith("#")]

    def author(self, post: Row) -> str:
        numbers = self.of_post("posts_authors", "author_id", post.get("id"))
        numbers = numbers or [post.get("author_id")]
        names = [string(self.users.get(number, {}), "name") for number in numbers]
        return ", ".join(filter(None, names))


def read(upload: Upload) -> Iterator[Part]:
    data = _data(upload.json)
    if data is None:
        raise CannotRead("It is no export of Ghost.")
    export = _Export(data)
    posts = export.rows("posts")
    if not posts:
        raise CannotRead("The export holds no articles.")
    for number, post in enumerate(posts, start=1):
        yield _post(post, export, number)
    if members := export.rows("members") or export.rows("subscribers"):
        yield Remark(
            f"The file also holds {len(members)} readers’ addresses. Delete it."
        )


def _post(post: Row, export: _Export, number: int) -> Found | Refusal:
    title, html, slug = (string(post, name) for name in ("title", "html", "slug"))
    if not html.strip():
        return Refusal(_without_html(post), title or f"entry {number}")
    own = string(post, "uuid") or f"{post.get('id')}:{slug}"
    meta = export.meta.get(post.get("id"), {})
    canonical = string(meta, "canonical_url") or string(post, "canonical_url")
    addresses = [f"/{slug}/" if slug else "", _without_home(canonical)]
    found = Found(
        title=title,
        html=_without_home(html),
        source=f"ghost:{own}",
        published=moment(post, "published_at"),
        author=export.author(post),
        topics=export.topics(post),
        slug=slug,
        old_addresses=[address for address in addresses if address],
        summary=string(post, "custom_excerpt"),
        cover=_without_home(string(post, "feature_image")),
        cover_alt=string(meta, "feature_image_alt"),
        language=string(post, "locale"),
    )
    _say(post, found)
    return found


def _without_html(post: Row) -> str:
    if string(post, "lexical") or string(post, "mobiledoc"):
        return (
            "The export holds no HTML of it. Open it in Ghost, publish or update it, "
            "and export again."
        )
    return "It holds no text."


def _say(post: Row, found: Found) -> None:
    if string(post, "status") not in ("", "published"):
        found.say(f"On the old site it was {string(post, 'status')}, not published.")
    if string(post, "visibility") not in ("", "public"):
        found.say("On the old site only members could read it.")
    if string(post, "type") == "page" or post.get("page") in (1, True):
        found.say("It was a page of the old site, not an article of its blog.")


def _without_home(html: str) -> str:
    """Ghost writes __GHOST_URL__ for its own address."""
    return html.replace("__GHOST_URL__", "")


def _data(said: Any) -> Row | None:
    if not isinstance(said, dict):
        return None
    tables = said.get("db")
    if isinstance(tables, list) and tables and isinstance(tables[0], dict):
        said = tables[0]
    data = said.get("data")
    if isinstance(data, dict) and isinstance(data.get("posts"), list):
        return data
    return None


FORMAT = Format(
    "an export of Ghost", lambda upload: _data(upload.json) is not None, read
)
