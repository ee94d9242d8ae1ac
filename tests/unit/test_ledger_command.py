"""manage.py verify_record, and what it keeps for the desk."""

# ruff: noqa: S608 - the statements name tables of ours

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from helpers.recorded import unguarded

from lawblog.models import Entry, Verification
from lawblog.records import ledger
from lawblog.records.ledger import append
from lawblog.records.verify import check, verify
from offices.models import Firm
from posts.models import Edition

LEDGER, EDITION = Entry._meta.db_table, Edition._meta.db_table


@pytest.fixture
def five(db):
    for number in range(1, 6):
        append("capture", {"number": number}, by="a test")


def run(*arguments):
    out = StringIO()
    call_command("verify_record", *arguments, stdout=out)
    return out.getvalue()


def test_an_intact_record_is_said_to_be_so_and_kept_for_the_desk(five):
    number, hash_ = ledger.last()
    said = run()
    assert said == f"Record intact, 5 entries, checked today. Head: 5:{hash_}\n"
    assert str(Verification.objects.get()) == "Record intact, 5 entries, checked today"
    assert run("--head", f"{number}:{hash_}") == said


def test_numbers_are_written_for_people(db):
    kept = Verification(at=timezone.now(), entries=1204, problems=0)
    assert str(kept) == "Record intact, 1,204 entries, checked today"


def test_an_empty_record_is_intact(db):
    assert run().startswith("Record intact, 0 entries, checked today.")


def test_a_broken_record_is_an_error_that_names_the_first(five):
    unguarded(f"DELETE FROM {LEDGER} WHERE seq = 3")
    with pytest.raises(CommandError, match="Entry 4 stands where entry 3 belongs"):
        run()
    assert "does not hold" in str(Verification.objects.get())


@pytest.mark.parametrize(
    "head",
    ["", "abc", "1", "0:" + "0" * 64, "1:" + "g" * 64, "9" * 19 + ":" + "0" * 64],
)
def test_a_head_that_is_none_is_refused_with_a_sentence(db, head):
    with pytest.raises(CommandError, match="is no head"):
        run("--head", head)


def test_a_head_of_another_ledger_is_told(five):
    with pytest.raises(CommandError, match="ledger was rewritten"):
        run("--head", "3:" + "0" * 64)


def test_many_problems_are_counted_and_some_are_shown(five, monkeypatch):
    monkeypatch.setattr("lawblog.records.verify.FINDINGS_SHOWN", 2)
    unguarded(f"UPDATE {LEDGER} SET line = '{{}}'")
    result, shown = check()
    assert (result.problems, len(shown)) == (5, 2)


def test_the_firm_is_not_asked_where_it_is_not_on_record(five):
    Firm.objects.create()
    assert list(verify()) == []
