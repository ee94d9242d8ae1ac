"""What a check of the record finds, and that it names the first that does not hold."""

# ruff: noqa: S608 - the statements name tables of ours

import json

import pytest
from helpers.recorded import unguarded

from lawblog.models import Entry, Verification
from lawblog.records import ledger
from lawblog.records.canonical import canonical
from lawblog.records.ledger import append
from lawblog.records.verify import check, verify
from posts.models import Edition

LEDGER, EDITION = Entry._meta.db_table, Edition._meta.db_table


@pytest.fixture
def five(db):
    for number in range(1, 6):
        append("capture", {"number": number}, by="a test")


def first():
    finding = next(f for f in verify() if not f.remark)
    return finding.seq, finding.sentence


def rehashed(seq, **facts):
    """The line `seq` with other facts, and a hash that fits: a careful forger's."""
    entry = Entry.objects.get(seq=seq)
    line = json.loads(entry.line)
    text = canonical({**line, **facts})
    unguarded(
        f"UPDATE {LEDGER} SET line = %s, hash = %s WHERE seq = %s",
        text,
        ledger.digest(text),
        seq,
    )


def swapped():
    lines = dict(Entry.objects.values_list("seq", "line"))
    for seq, other in ((2, 3), (3, 2)):
        statement = f"UPDATE {LEDGER} SET line = %s WHERE seq = %s"
        unguarded(statement, lines[other], seq)


def by_hand():
    unguarded(
        f"INSERT INTO {LEDGER} (seq, at, kind, subject, line, prev, hash) "
        "SELECT 6, at, 'publish', '', '{}', hash, 'made up' "
        f"FROM {LEDGER} WHERE seq = 5"
    )


def by_hand_with_a_hash():
    """The hash fits the line, but the line is none of ours."""
    unguarded(
        f"INSERT INTO {LEDGER} (seq, at, kind, subject, line, prev, hash) "
        "SELECT 6, at, 'publish', '', '{}', hash, %s "
        f"FROM {LEDGER} WHERE seq = 5",
        ledger.digest("{}"),
    )


def update(column, value, seq):
    return lambda: unguarded(
        f"UPDATE {LEDGER} SET {column} = %s WHERE seq = %s", value, seq
    )


def delete(seq):
    return lambda: unguarded(f"DELETE FROM {LEDGER} WHERE seq = %s", seq)


@pytest.mark.parametrize(
    "forge, seq, words",
    [
        (update("line", "{}", 3), 3, "was changed after it was written"),
        (update("hash", "0" * 64, 3), 3, "was changed after it was written"),
        (update("prev", "f" * 64, 3), 3, "does not follow"),
        (update("kind", "publish", 3), 3, "its column kind"),
        (update("at", "2020-01-01 00:00:00+00:00", 3), 3, "its column at"),
        (update("subject", "posts.edition", 3), 3, "its column subject"),
        (update("subject_id", 3, 3), 3, "its column subject_id"),
        (update("ends", "2020-01-01 00:00:00+00:00", 3), 3, "its column ends"),
        (update("seq", 99, 5), 99, "stands where entry 5 belongs"),
        (update("seq", -1, 1), -1, "stands where entry 1 belongs"),
        (delete(1), 2, "stands where entry 1 belongs"),
        (delete(3), 4, "stands where entry 3 belongs"),
        (swapped, 2, "was changed after it was written"),
        (by_hand, 6, "was changed after it was written"),
        (by_hand_with_a_hash, 6, "is no line of the ledger"),
        # The line itself holds by then; the next one tells.
        (lambda: rehashed(3, kind="publish"), 3, "its column kind"),
        (lambda: rehashed(3, facts={"number": 9}), 4, "does not follow"),
    ],
)
def test_the_first_entry_that_does_not_hold_is_named(five, forge, seq, words):
    assert list(verify()) == []
    forge()
    assert first()[0] == seq and words in first()[1]


def rewritten():
    """Every line from the third on, forged with all that follows."""
    kept = [json.loads(entry.line) for entry in Entry.objects.filter(seq__gte=3)]
    unguarded(f"DELETE FROM {LEDGER} WHERE seq >= 3")
    for line in kept:
        append(line["kind"], {"number": 99}, by="somebody else")


@pytest.mark.parametrize(
    "forge, seq, words",
    [
        (rewritten, 5, "the ledger was rewritten"),
        (delete(5), 5, "is gone"),
        (lambda: rehashed(5, facts={"number": 9}), 5, "the ledger was rewritten"),
    ],
)
def test_what_a_chain_cannot_show_a_head_kept_elsewhere_does(five, forge, seq, words):
    number, hash_ = ledger.last()
    forge()
    assert list(verify()) == []
    (finding,) = verify(heads={number: hash_})
    assert finding.seq == seq and words in finding.sentence


def test_the_last_check_is_such_a_head(five):
    check()
    append("capture", {}, by="a test")
    assert list(verify()) == []
    rehashed(5, facts={"number": 9})
    assert "written down elsewhere" in " ".join(f.sentence for f in verify())


def test_a_check_that_failed_is_no_head(five):
    _, good = ledger.last()
    update("hash", "0" * 64, 5)()
    check()
    assert Verification.objects.get().problems == 1
    update("hash", good, 5)()
    assert list(verify()) == []
