"""A draft that is deleted, kept whole: what goes with it is kept in one revision with
its words, and comes back with them."""

from collections.abc import Iterator
from typing import Any

import reversion
from django.contrib.auth.models import User
from django.db import models
from reversion.models import Revision, Version

from posts.models import (
    AuthorityChoice,
    DraftFinding,
    OldAddress,
    PassageNote,
    Post,
    Term,
)

from .restoring import restore
from .versions import as_saved

DELETED = "Deleted, with all that went along."
# They go with the article; a note before its answers.
WITH_IT: tuple[type[models.Model], ...] = (
    PassageNote,
    DraftFinding,
    AuthorityChoice,
    OldAddress,
)
for _model in WITH_IT[:3]:
    reversion.register(_model)


def delete(post: Post, by: User | None) -> None:
    """Deletes a draft. Call it in a transaction. Raises ProtectedError."""
    with reversion.create_revision():
        if by:
            reversion.set_user(by)
        reversion.set_comment(DELETED)
        reversion.add_to_revision(post)
        for model in WITH_IT:
            for row in model._base_manager.filter(post=post):
                reversion.add_to_revision(row)
        # It stays, and leads to no article any more.
        for term in Term.objects.filter(article=post):
            reversion.add_to_revision(term)
    post.delete()


def is_whole(version: Version) -> bool:
    """Whether more than the words was kept: not of what was deleted long ago."""
    return bool(version.revision.comment == DELETED)


def bring_back(version: Version, by: User) -> tuple[Post, list[str]]:
    """The draft as a version has it, with what went along, and sentences on what could
    not come back. Raises ValidationError."""
    kept = version.field_dict
    post = Post(pk=kept["id"], updated_by=by, is_sample=kept.get("is_sample", False))
    left_out = []
    if source := kept.get("imported_from", ""):
        if Post.objects.filter(imported_from=source).exists():
            left_out.append("It was imported again meanwhile: there are two now.")
        else:
            post.imported_from = source
    left_out += restore(post, as_saved(version))
    if is_whole(version):
        left_out += _rows_back(post, version.revision)
    return post, left_out


def _rows_back(post: Post, revision: Revision) -> Iterator[str]:
    for model in WITH_IT:
        for values in _of(revision, model):
            row = _without_people_gone(model(**values))
            if isinstance(row, OldAddress) and _leads_elsewhere(row):
                yield f"The old address {row} leads elsewhere by now, and stays so."
                continue
            # As it was: save() would say that it was written today.
            row.save_base(raw=True, force_insert=True)
    for values in _of(revision, Term):
        Term.objects.filter(pk=values["id"], article=None).update(article=post)


def _of(revision: Revision, model: type[models.Model]) -> list[dict[str, Any]]:
    """The fields of the rows of a table that a revision holds, in their order."""
    versions = revision.version_set.get_for_model(model)
    found = [version.field_dict for version in versions]
    return sorted(found, key=lambda values: values["id"])


def _without_people_gone(row: models.Model) -> models.Model:
    for field in row._meta.concrete_fields:
        if field.related_model is User:
            person = User.objects.filter(pk=getattr(row, field.attname)).first()
            setattr(row, field.name, person)
    return row


def _leads_elsewhere(row: OldAddress) -> bool:
    return OldAddress.objects.filter(address=row.address).exists()
