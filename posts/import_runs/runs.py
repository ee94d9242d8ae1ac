"""An import run, from its files to its report; and undo."""

import logging
from collections.abc import Iterable, Iterator
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone

from lawblog.html.left_out import shortened
from posts.history import deleted_drafts
from posts.importing import Article, ExportedNames, Outcome, Refusal, read_folder
from posts.models import ImportLine, ImportRun, Post
from posts.models.import_run import MAX_PLACE_LENGTH, MAX_WORDS_LENGTH

from . import drafts, links, report, topics_and_terms
from .files import UploadedFiles
from .pictures import Keep, keeper

logger = logging.getLogger(__name__)
OURS = (
    "Something went wrong with this one, and it was left out. Whoever looks after the "
    "site finds the reason in its log."
)


def work(run: ImportRun) -> None:
    """Read a run's kept files to the end, from wherever it was left."""
    files = UploadedFiles(run)
    done = run.lines.count()
    # What was read before is read again, quickly, since a parser starts at the start.
    outcomes = islice(read_folder(files, run.site), done, None)
    for _ in bring_in(run, outcomes):
        if ImportRun.objects.filter(pk=run.pk, ended_at=None).count() == 0:
            return
    finish(run)


def bring_in(
    run: ImportRun, outcomes: Iterable[Outcome], *, dry_run: bool = False
) -> Iterator[ImportLine]:
    """Make drafts of what was read; yields each line of the report, saved. dry_run:
    all of it will be taken back."""
    keep = keeper(offline=run.offline, dry_run=dry_run)
    for outcome in outcomes:
        line = _line(run, outcome, keep)
        with transaction.atomic():
            if line.pk is None:
                line.save()
            ImportRun.objects.filter(pk=run.pk).update(worked_at=timezone.now())
        yield line


def finish(run: ImportRun) -> None:
    """After the last file: links between the articles, and the files are let go."""
    links.rewrite()
    run.pieces.all().delete()
    ImportRun.objects.filter(pk=run.pk).update(ended_at=timezone.now(), trouble="")


def stop(run: ImportRun) -> None:
    """Somebody wants no more of it; what came in stays."""
    ImportRun.objects.filter(pk=run.pk, ended_at=None).update(
        ended_at=timezone.now(), trouble="It was stopped before its end."
    )
    run.pieces.all().delete()


def made(run: ImportRun) -> QuerySet[ImportLine]:
    """The lines of its drafts that are still there."""
    return run.lines.filter(kind=ImportLine.MADE).exclude(post=None)


def undo(run: ImportRun) -> tuple[int, int]:
    """Remove the drafts of a run that nobody changed since, and that no other article
    names as its original or its newer one; (removed, left)."""
    lines = links.unchanged(made(run)).select_related("post")
    every = waiting = [line.post for line in lines if line.post]
    while named := [post for post in waiting if not _remove(post)]:
        if len(named) == len(waiting):
            break
        # What one of those that went named can go now.
        waiting = named
    ImportRun.objects.filter(pk=run.pk).update(undone_at=timezone.now())
    return len(every) - len(named), made(run).count()


def _remove(post: Post) -> bool:
    """Whether the draft could go: one that another names stays."""
    try:
        with transaction.atomic():
            deleted_drafts.delete(post, by=None)
    except ProtectedError:
        return False
    return True


def _line(run: ImportRun, outcome: Outcome, keep: Keep) -> ImportLine:
    """What became of an outcome; nothing that goes wrong with one stops the others."""
    what, place = outcome.what, outcome.place[-MAX_PLACE_LENGTH:]
    line = ImportLine(run=run, place=place, kind=ImportLine.REMARK)
    try:
        if isinstance(what, ExportedNames):
            line.words = topics_and_terms.import_names(what)
        elif isinstance(what, Article):
            _bring_one(line, what, keep)
        else:
            line.kind = line.REFUSED if isinstance(what, Refusal) else line.REMARK
            line.words = what.sentence
    except ValidationError as error:
        line.kind, line.words = line.REFUSED, " ".join(error.messages)
    except Exception:
        logger.exception("An article could not be brought in.")
        # Nothing of the old line, which may hold what the database does not take.
        line = ImportLine(run=run, place=place, kind=line.REFUSED, words=OURS)
    line.words = shortened(line.words, MAX_WORDS_LENGTH)
    return line


def _bring_one(line: ImportLine, article: Article, keep: Keep) -> None:
    line.words, line.old_addresses = article.title, list(article.old_addresses)

    def note(post: Post) -> None:
        line.kind, line.post, line.saved_at = line.MADE, post, post.updated_at
        line.facts = report.facts(article, post)
        line.save()

    post = drafts.known(article)
    if not post:
        try:
            drafts.make(article, keep, line.run.created_by_id, note)
            return
        except IntegrityError:
            # Another import was quicker by a moment.
            line.pk, line.facts = None, []
            if not (post := drafts.known(article)):
                raise
    line.kind, line.post, line.saved_at = line.KNOWN, post, post.updated_at
