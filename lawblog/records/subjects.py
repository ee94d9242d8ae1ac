"""Which tables are recorded. Apps register theirs: the record knows no app's name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast

from django.db.models import Field, Model, QuerySet

from .canonical import Facts, moment, plain

# Of a row of the subject's own model.
FactsOf = Callable[[Any], Facts]
# "" or a sentence that says what is wrong with the row.
Proof = Callable[[Any], str]
Page = Callable[[Facts, datetime], str]


@dataclass(frozen=True)
class Subject:
    """A table that lines are about. Each line tells all the facts of its row, so that
    the newest one is the whole state."""

    model: type[Model]
    facts: FactsOf  # what a line tells of a row
    rows: Callable[[], QuerySet]  # all of them, with what `facts` needs
    frozen: bool
    # Of a frozen table: columns that may change all the same; a moment, which may
    # change to what the newest line about the row says, and to nothing else; a
    # true-or-false field: rows in which it is true may be deleted and need no line.
    movable: tuple[str, ...] = ()
    ends: str | None = None
    erasable: str | None = None
    # What a check finds wrong with a row.
    proof: Proof = lambda row: ""
    # Where the desk shows all that a row said at a moment, or "".
    page: Page = lambda facts, at: ""
    # Of another: tables on which the facts rest, its own among them; fields of which a
    # line says that they were changed, and nothing else; whether readers see the rows.
    tables: frozenset[str] = frozenset()
    secrets: tuple[str, ...] = ()
    printed: bool = True

    @property
    def label(self) -> str:
        """Its name in lines."""
        return self.model._meta.label_lower

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    def all_facts(self, row: Model) -> Facts:
        """The facts of a row as a line tells them."""
        facts = dict(self.facts(row))
        if self.ends:
            facts["ends"] = moment(getattr(row, self.ends))
        if self.erasable:
            facts[self.erasable] = getattr(row, self.erasable)
        return facts


_subjects: dict[str, Subject] = {}


def freeze(
    model: type[Model],
    *,
    facts: FactsOf,
    movable: Iterable[str] = (),
    ends: str | None = None,
    erasable: str | None = None,
    rows: Callable[[], QuerySet] | None = None,
    proof: Proof = lambda row: "",
    page: Page = lambda facts, at: "",
) -> Subject:
    """Triggers keep the rows of this table as they were written. See Subject; movable:
    names of fields."""
    fields = {*movable, *filter(None, [ends])}
    return register(
        Subject(
            model,
            facts,
            rows or partial(all_rows, model),
            frozen=True,
            movable=tuple(sorted(column_of(model, name) for name in fields)),
            ends=ends,
            erasable=erasable,
            proof=proof,
            page=page,
        )
    )


def on_record(
    model: type[Model],
    *,
    facts: FactsOf | None = None,
    rows: Callable[[], QuerySet] | None = None,
    tables: Iterable[str] = (),
    secrets: Iterable[str] = (),
    printed: bool = True,
) -> Subject:
    """Each change of a row is a line, whichever way it is made through Django.

    See Subject. facts: by default every field but those that only say when it was
    saved. tables: further ones, like that of a many-to-many field.
    """
    return register(
        Subject(
            model,
            facts or values_of,
            rows or partial(all_rows, model),
            frozen=False,
            tables=frozenset({model._meta.db_table, *tables}),
            secrets=tuple(secrets),
            printed=printed,
        )
    )


def column_of(model: type[Model], name: str) -> str:
    """The name of the column of a field that has one."""
    field = cast("Field[Any, Any]", model._meta.get_field(name))
    return field.column or field.attname


def all_rows(model: type[Model]) -> QuerySet:
    rows: QuerySet = model._base_manager.all()
    return rows


def values_of(row: Model) -> Facts:
    """{field: value} of a row's own columns, but for those that only say when it was
    saved."""
    fields = row._meta.concrete_fields
    return {
        field.attname: plain(field.value_from_object(row))
        for field in fields
        if not field.primary_key and not getattr(field, "auto_now", False)
    }


def register(subject: Subject) -> Subject:
    _subjects[subject.label] = subject
    return subject


def subjects() -> list[Subject]:
    return list(_subjects.values())


def frozen() -> list[Subject]:
    return [subject for subject in _subjects.values() if subject.frozen]


def subject_labelled(label: str) -> Subject | None:
    return _subjects.get(label)


def subject_of(row: Model) -> Subject:
    """The Subject of a row; LookupError where its table is not registered."""
    for subject in _subjects.values():
        if isinstance(row, subject.model):
            return subject
    raise LookupError(
        f"{row._meta.label} is not on record: call on_record() or freeze()"
    )


def subjects_resting_on(tables: Iterable[str]) -> list[Subject]:
    """Those whose facts rest on one of these tables."""
    written = frozenset(tables)
    return [s for s in _subjects.values() if not s.tables.isdisjoint(written)]
