"""Stores the pictures of an imported article, or reports them as missing."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from lawblog.media.fetching import CannotFetch, Fetcher
from lawblog.media.pictures import StoredPicture, store
from posts.importing import Article, Finding, Picture, in_words, without_pictures

# Raises CannotFetch or ValidationError.
Keep = Callable[[Picture], StoredPicture]

NOT_FETCHED = "Nothing is fetched from the old site in this run."
NOT_NOW = "A dry run keeps no pictures."


def keeper(*, offline: bool = False, dry_run: bool = False) -> Keep:
    """What keeps the pictures of a run. offline: those alone that came with the files;
    dry_run: none, since a stored file cannot be taken back."""
    fetch = Fetcher()

    def keep(picture: Picture) -> StoredPicture:
        if dry_run:
            raise CannotFetch(NOT_NOW)
        data = picture.data
        if data is None:
            if offline:
                raise CannotFetch(NOT_FETCHED)
            data = fetch(picture.address)
        return store(SimpleUploadedFile("picture", data))

    return keep


def with_pictures(article: Article, keep: Keep) -> tuple[str, list[Finding]]:
    """The body with its pictures in media, and a finding on each that is not."""
    body, findings, missing = article.body, list[Finding](), list[Picture]()
    for picture in article.pictures:
        try:
            kept = keep(picture)
        except (ValidationError, CannotFetch) as error:
            why = " ".join(getattr(error, "messages", [str(error)]))
            sentence = f"A picture was not taken over. {why}"
            findings.append(Finding(sentence, in_words(picture)))
            missing.append(picture)
            continue
        if kept.remark:
            findings.append(Finding(kept.remark, in_words(picture)))
        size = f'src="{kept.url}" width="{kept.width}" height="{kept.height}"'
        body = body.replace(f'src="{picture.path}"', size)
    return without_pictures(body, tuple(missing)), findings
