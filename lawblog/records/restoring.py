"""What backups and restores ask of the record."""

from collections.abc import Iterator
from contextlib import contextmanager

from lawblog.keeping.archive.manifest import Head

from . import triggers
from .ledger import last
from .verify import verify
from .watching import unwatched
from .without_guards import check_deferred_constraints


def head() -> Head:
    seq, digest = last()
    return {"seq": seq, "head": digest}


@contextmanager
def replaced(using: str) -> Iterator[None]:
    """Within, a restore brings rows together with their lines. It leaves no line of its
    own: the ledger afterwards is the archive's, which the archive's head proves."""
    with unwatched():
        check_deferred_constraints(using)
        triggers.remove(using)
        yield
        check_deferred_constraints(using)
        triggers.install(using)


def problems() -> Iterator[str]:
    """What a check of the record finds wrong in the default database."""
    return (found.sentence for found in verify() if not found.remark)
