"""What a check of the record finds, and that it names the first that does not hold."""

# ruff: noqa: S608 - the statements name tables of ours

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from recorded import BY, unguarded

from lawblog.models import Entry, Verification
from lawblog.records import chain, comparing, ledger
from lawblog.records.canonical import canonical
from lawblog.records.ledger import append, tell
from lawblog.records.verify import check, verify
from offices.models import Firm
from posts.models import Edition, Topic

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
    update("line", "{}", 5)()
    check()
    assert Verification.objects.get().problems == 1
    heads = [f for f in verify() if "elsewhere" in f.sentence]
    assert heads == []


# Rows beside lines ------------------------------------------------------------------


@pytest.fixture
def edition(let_through):
    return let_through("Kept", topics=["Asylum"])


def changed(**columns):
    sets = ", ".join(f"{name} = %s" for name in columns)
    return lambda edition: unguarded(f"UPDATE {EDITION} SET {sets}", *columns.values())


def retold_with_digest(edition):
    """Words and digest together, as a careful forger would."""
    from posts.publishing import digest_of

    edition.title = "Other"
    changed(title="Other", digest=digest_of(edition))(edition)


def gone(edition):
    unguarded("DELETE FROM posts_edition_topics")
    unguarded(f"DELETE FROM {EDITION}")


def filed_elsewhere(edition):
    topic = Topic.objects.create(name="Other", slug="other")
    edition.topics.set([topic])


@pytest.mark.parametrize(
    "forge, words",
    [
        (changed(title="Other"), "has other words than were approved"),
        (changed(digest="0" * 64), "has other words than were approved"),
        (retold_with_digest, "is not what entry 1 says: digest"),
        (changed(approved_by_name="Sam"), "is not what entry 1 says: by"),
        (changed(live_until="2099-01-01 00:00:00+00:00"), "entry 1 says: ends"),
        (changed(live_from="2020-01-01 00:00:00+00:00"), "entry 1 says: live_from"),
        (gone, "is gone, and entry 1 tells of it"),
        (filed_elsewhere, "is not what entry 1 says: topics"),
        (lambda edition: edition.topics.clear(), "is not what entry 1 says: topics"),
    ],
)
def test_a_row_that_is_not_what_its_line_says_is_found(edition, forge, words):
    assert list(verify()) == []
    forge(edition)
    (finding,) = verify()
    assert finding.sentence.startswith(f"posts.edition {edition.pk} ")
    assert words in finding.sentence


def test_an_edition_that_nobody_let_through_is_found(edition, publish):
    other = publish("Smuggled in")
    (finding,) = verify()
    assert finding.sentence == (
        f"posts.edition {other.pk} has no entry: nobody let it through."
    )


def test_topics_that_move_have_a_line_and_hold(edition):
    filed_elsewhere(edition)
    tell("topics", Edition.objects.get(), by=BY)
    assert list(verify()) == []


def test_rows_and_lines_are_read_in_windows(let_through, publish, monkeypatch):
    monkeypatch.setattr(comparing, "WINDOW", 2)
    monkeypatch.setattr(chain, "BATCH", 2)
    editions = [let_through(f"Title {number}") for number in range(5)]
    assert list(verify()) == []
    smuggled = publish("Smuggled in")
    unguarded(f"DELETE FROM {EDITION} WHERE id = %s", editions[1].pk)
    unguarded(f"DELETE FROM {EDITION} WHERE id = %s", editions[4].pk)
    found = [int(f.sentence.split()[1]) for f in verify()]
    assert sorted(found) == sorted([editions[1].pk, editions[4].pk, smuggled.pk])


def test_twice_the_editions_take_the_same_queries(let_through):
    def cost(number):
        let_through(f"Title {number}", topics=["Asylum"])
        with CaptureQueriesContext(connection) as queries:
            assert list(verify()) == []
        return len(queries)

    assert len({cost(number) for number in range(1, 9)}) == 1


def test_what_seems_wrong_is_read_once_more_together(edition, monkeypatch):
    """Something is published between the reading of the row and of its line."""
    plain, now = comparing.pairs, timezone.now()

    def pairs(subject, using, only=None):
        for pair in plain(subject, using, only):
            if pair.row == edition and only is None:
                with transaction.atomic():
                    tell("withdraw", pair.row, by=BY, ends=now)
                    Edition.objects.update(live_until=now)
                pair = next(
                    comparing._side_by_side([pair.row], iter([(pair.pk, line())]))
                )
            yield pair

    def line():
        return comparing.read(Entry.objects.latest("seq").line)

    monkeypatch.setattr("lawblog.records.verify.pairs", pairs)
    assert list(verify()) == []


def test_a_spoilt_line_stops_nothing(edition):
    unguarded(f"UPDATE {LEDGER} SET line = 'no JSON'")
    sentences = [f.sentence for f in verify()]
    assert "changed after it was written" in sentences[0] and len(sentences) == 2


# The command ------------------------------------------------------------------------


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
    delete(3)()
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
    monkeypatch.setattr("lawblog.records.verify.SHOWN", 2)
    unguarded(f"UPDATE {LEDGER} SET line = '{{}}'")
    result, shown = check()
    assert (result.problems, len(shown)) == (5, 2)


def test_the_firm_is_not_asked_where_it_is_not_on_record(five):
    Firm.objects.create()
    assert list(verify()) == []
