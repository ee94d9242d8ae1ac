"""Substack's export: posts.csv, and beside it each text as posts/ID.slug.html."""

from __future__ import annotations

from collections.abc import Iterator

from ..article import CannotRead, Found, Refusal
from ..dates import moment_of
from ..encodings import decode
from ..upload import Format, Part, Upload
from .wix import rows_of


def read(upload: Upload) -> Iterator[Part]:
    rows = list(rows_of(upload.text))
    if not rows:
        raise CannotRead("The table holds no articles.")
    for number, row in enumerate(rows, start=2):
        yield _post(row, upload, number)


def _post(row: dict[str, str], upload: Upload, number: int) -> Found | Refusal:
    title, own = row.get("title", ""), row.get("post_id", "")
    place = title or own or f"row {number}"
    file_name = _file_of(own, upload)
    if not file_name:
        sentence = "Its text is not beside the table. Bring the whole archive in."
        return Refusal(sentence, place)
    try:
        html = decode(upload.beside[file_name])
    except CannotRead as error:
        return Refusal(str(error), place)
    key, _, slug = own.partition(".")
    found = Found(
        title=title or slug.replace("-", " ").capitalize(),
        html=html,
        source=f"substack:{key}",
        published=moment_of(row.get("post_date", "")),
        slug=slug,
        old_addresses=[f"/p/{slug}"] if slug else [],
        summary=row.get("subtitle", ""),
        folder=file_name.rpartition("/")[0],
    )
    _say(row, found)
    return found


def _say(row: dict[str, str], found: Found) -> None:
    if row.get("is_published", "").lower() == "false":
        found.say("On Substack it was a draft.")
    if row.get("audience", "") in ("only_paid", "founding"):
        found.say("On Substack only those who paid could read it.")
    if row.get("type", "newsletter") not in ("newsletter", ""):
        found.say(f"On Substack it was a {row['type']}, not an article.")


def takes(upload: Upload) -> set[str]:
    """The files beside the table that hold the texts of its rows."""
    rows = rows_of(upload.text)
    names = {_file_of(row.get("post_id", ""), upload) for row in rows}
    return names - {""}


def _file_of(own: str, upload: Upload) -> str:
    folder = f"{upload.folder}/" if upload.folder else ""
    for name in (f"{folder}posts/{own}.html", f"{folder}{own}.html"):
        if own and name in upload.beside:
            return name
    return ""


def is_substack(upload: Upload) -> bool:
    return upload.head.startswith("post_id,post_date")


FORMAT = Format("Substack’s export", is_substack, read, takes)
