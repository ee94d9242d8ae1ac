"""From paths to outcomes: what each file gave, one bad file never stopping the rest."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from . import own_export
from .article import Article, CannotRead, Finding, Found, Outcome, Refusal, Remark
from .files import MAX_ARCHIVE_BYTES, Archive, Folder, load
from .finishing import MAX_KEY_LENGTH, finish
from .formats import docx, format_of, medium
from .gallery import is_picture
from .upload import MAX_BYTES, MB, Upload

logger = logging.getLogger(__name__)
BROKEN = "It cannot be read. Open it in its own program and save it again."

Seen = dict[str, str]
"""The bodies of a run by their keys."""

# Beside an article they are its pictures, styles and scripts.
_BESIDE = set(
    ".png .jpg .jpeg .gif .webp .avif .heic .svg .ico .bmp .tif .tiff .css .js .map"
    " .woff .woff2 .ttf .eot .mp3 .mp4 .m4a .mov .webm".split()
)


def read(path: str | Path) -> list[Article]:
    """The articles of a file, folder or archive; raises CannotRead, naming the file,
    if there is none. Never touches database or network."""
    outcomes = list(read_files([path]))
    articles = [one.what for one in outcomes if isinstance(one.what, Article)]
    if not articles:
        for one in outcomes:
            if isinstance(one.what, Refusal):
                raise CannotRead(f"{one.place}: {one.what.sentence}")
        raise CannotRead(f"{path}: It holds no article.")
    return articles


def read_files(paths: Iterable[str | Path], site: str = "") -> Iterator[Outcome]:
    """What the files give, one after the other, in the order of the paths. site: the
    address of the old site, where the files have only what follows it."""
    for path in map(Path, paths):
        try:
            if path.is_dir():
                yield from _read_all(Folder(path), str(path), site)
            else:
                yield from read_upload(Upload(str(path), load(path)), site)
        except CannotRead as error:
            yield Outcome(str(path), Refusal(str(error)))
        except (OSError, ValueError):
            yield Outcome(str(path), Refusal("It cannot be read. Check the name."))


def read_folder(files: Mapping[str, bytes], site: str = "") -> Iterator[Outcome]:
    """What files that came together give, in the order of their names."""
    yield from _read_all(files, "", site)


def read_upload(upload: Upload, site: str = "") -> Iterator[Outcome]:
    """What one file gives, or all those of an archive."""
    if _is_archive(upload):
        try:
            if len(upload.data) > MAX_ARCHIVE_BYTES:
                raise CannotRead(f"It is larger than {MAX_ARCHIVE_BYTES // MB} MB.")
            archive = Archive(io.BytesIO(upload.data))
        except CannotRead as error:
            yield Outcome(upload.name, Refusal(str(error)))
            return
        yield from _read_all(archive, upload.name, site)
    else:
        yield from _read_one(upload, upload.name, site, {})


def _is_archive(upload: Upload) -> bool:
    is_zip = upload.data.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    return is_zip and format_of(upload).name not in (docx.FORMAT.name, "refused")


def _read_all(files: Mapping[str, bytes], place: str, site: str) -> Iterator[Outcome]:
    taken: set[str] = set()
    seen: Seen = {}
    passed_over, is_medium = 0, False
    names = [name for name in own_export.names_in([*files]) if not _is_beside(name)]
    # Tables first, which say what belongs to them; then posts/, which tells Medium.
    for name in sorted(names, key=_order):
        here = f"{place}/{name}" if place else name
        if name in taken:
            continue
        if is_medium and not _is_in_posts(name):
            passed_over += 1
            continue
        try:
            upload = Upload(name, files[name], files)
            kind = format_of(upload)
            taken |= set(kind.takes(upload))
        except Exception as error:
            yield _refused(here, error)
            continue
        is_medium = is_medium or kind.name == medium.FORMAT.name
        yield from _read_part(upload, here, site, seen)
    for sentence in _passed_over(passed_over, len(files) - len(names)):
        yield Outcome(place, Remark(sentence))
    if not names:
        yield Outcome(place, Refusal("It holds no article."))


def _is_beside(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in _BESIDE


def _passed_over(of_medium: int, beside: int) -> Iterator[str]:
    if of_medium:
        yield f"Files of Medium’s that are no articles, left out: {of_medium}."
    if beside:
        yield (
            f"Pictures, styles, sounds and the like beside the articles: {beside}. "
            "Pictures come along with the article that shows them."
        )


def _read_part(upload: Upload, place: str, site: str, seen: Seen) -> Iterator[Outcome]:
    """What one file of a folder or archive gives."""
    if not _is_archive(upload):
        if not is_picture(upload.data):
            yield from _read_one(upload, place, site, seen)
    elif isinstance(upload.beside, Archive):
        sentence = "It is an archive within another. Unpack it."
        yield Outcome(place, Refusal(sentence))
    else:
        yield from read_upload(Upload(place, upload.data), site)


def _order(name: str) -> tuple[bool, bool, str]:
    is_table = name.lower().endswith(".csv")
    return not is_table, not _is_in_posts(name), name


def _is_in_posts(name: str) -> bool:
    return "posts" in PurePosixPath(name).parts[:-1]


def _read_one(upload: Upload, place: str, site: str, seen: Seen) -> Iterator[Outcome]:
    """What one file gives. A parser may stop in the middle: what came before stays."""
    is_empty = True
    try:
        if len(upload.data) > MAX_BYTES:
            raise CannotRead(f"It is larger than {MAX_BYTES // MB} MB.")
        for part in format_of(upload).read(upload):
            is_empty = is_empty and isinstance(part, Remark)
            if isinstance(part, Found):
                part.site = site
                yield _finished(part, place, seen)
            elif isinstance(part, Refusal):
                yield Outcome(_at(place, part.place), part)
            else:
                yield Outcome(place, part)
        if is_empty:
            yield Outcome(place, Refusal("It holds no article."))
    except Exception as error:
        yield _refused(place, error)


def _refused(place: str, error: Exception) -> Outcome:
    """A file that was made to break a parser must not stop the others."""
    if isinstance(error, CannotRead):
        return Outcome(place, Refusal(str(error)))
    if isinstance(error, RecursionError):
        return Outcome(place, Refusal("It is nested deeper than any article."))
    logger.error("A file broke its parser.", exc_info=error)
    return Outcome(place, Refusal(BROKEN))


def _finished(found: Found, place: str, seen: Seen) -> Outcome:
    try:
        article = finish(found)
    except Exception as error:  # of one article: those behind it are read all the same
        return _refused(_at(place, found.title), error)
    if seen.setdefault(article.key, article.body) != article.body:
        # Copied sites give one id to several articles; none of them may be lost.
        words = f"{article.title}\n{article.body}".encode(errors="replace")
        digest = hashlib.sha256(words).hexdigest()[:16]
        key = f"{article.key[: MAX_KEY_LENGTH - 17]}#{digest}"
        sentence = "Another article of the old site has the same id."
        article = replace(
            article, key=key, findings=(*article.findings, Finding(sentence))
        )
    return Outcome(place, article)


def _at(place: str, part: str) -> str:
    return f"{place}, “{part}”" if part else place
