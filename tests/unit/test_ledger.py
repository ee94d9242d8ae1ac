"""A line of the ledger: its bytes, its place, and who is behind it."""

import hashlib
import json
from datetime import date, datetime, timedelta
from datetime import timezone as zones

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import (
    IntegrityError,
    transaction,
)
from helpers.recorded import sql

from lawblog.models import Entry
from lawblog.records import ledger
from lawblog.records.acting import Actor, acting_as, actor_of, approver, middleware
from lawblog.records.as_of import facts_as_of
from lawblog.records.canonical import UnfitFacts, canonical, moment, parsed
from lawblog.records.ledger import LedgerError, append, append_all
from lawblog.records.verify import verify

NOON = datetime(2026, 11, 2, 17, 0, tzinfo=zones.utc)


def entries():
    return list(Entry.objects.all())


@pytest.mark.parametrize(
    "facts, text",
    [
        ({"b": 1, "a": None}, '{"a":null,"b":1}'),
        ({"n": "Núñez 𝒳"}, '{"n":"Núñez 𝒳"}'),
        ({"list": [True, {"z": "", "y": []}]}, '{"list":[true,{"y":[],"z":""}]}'),
        ({"q": 'a"b\\c\n\u2028'}, '{"q":"a\\"b\\\\c\\n\u2028"}'),
    ],
)
def test_facts_are_written_in_one_way(facts, text):
    assert canonical(facts) == text
    assert json.loads(text) == facts


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), date(2026, 1, 1), (1,), {"é": 1}, {1: 1}, b"x", "\ud800", {1}],
)
def test_what_can_be_written_in_two_ways_is_refused(value):
    with pytest.raises(UnfitFacts):
        canonical({"facts": [{"value": value}]})


@pytest.mark.parametrize(
    "text",
    ["2026-11-02T17:00:00.000000Z", "0001-01-01T00:00:00.000000Z", None],
)
def test_a_moment_is_text_in_utc(text):
    assert moment(parsed(text)) == text


def test_a_moment_of_another_zone_is_written_in_utc():
    eastern = zones(timedelta(hours=-5))
    assert moment(datetime(2026, 11, 2, 12, tzinfo=eastern)) == moment(NOON)
    with pytest.raises(UnfitFacts):
        moment(datetime(2026, 11, 2, 12))  # noqa: DTZ001 - that is what is refused


def test_each_line_is_hashed_and_names_the_hash_before(db):
    for number in range(3):
        append("capture", {"number": number}, by="a test", note="Why not.")
    prev = "0" * 64
    for number, entry in enumerate(entries()):
        line = json.loads(entry.line)
        assert (entry.seq, line["seq"], line["prev"]) == (number + 1, number + 1, prev)
        assert line["facts"] == {"number": number} and line["note"] == "Why not."
        assert line["by"] == {"id": None, "name": "a test"}
        prev = hashlib.sha256(entry.line.encode()).hexdigest()
        assert entry.hash == prev
    assert ledger.last() == (3, prev)


def test_columns_repeat_what_the_line_says(db):
    append(
        "end", {"ends": moment(NOON)}, by="a test", about=("posts.edition", 7), at=NOON
    )
    entry = Entry.objects.get()
    assert (entry.kind, entry.subject, entry.subject_id) == ("end", "posts.edition", 7)
    assert entry.ends == entry.at == NOON


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused_with_a_sentence():
    for write in (lambda: append("capture", {}), lambda: append_all([])):
        with pytest.raises(LedgerError, match="transaction.atomic"):
            write()
    assert not entries()


def test_a_change_that_is_rolled_back_leaves_neither_line_nor_gap(db):
    append("capture", {}, by="a test")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append("capture", {}, by="a test")
        raise ZeroDivisionError
    append("capture", {}, by="a test")
    assert [entry.seq for entry in entries()] == [1, 2]
    assert list(verify()) == []


@pytest.mark.parametrize(
    "kind, facts",
    [("", {}), ("k" * 41, {}), ("end", {"ends": "noon"}), ("end", {"share": 0.5})],
)
def test_a_line_that_cannot_be_is_refused(db, kind, facts):
    with pytest.raises(LedgerError):
        append(kind, facts, by="a test")
    assert not entries()


def test_a_line_about_an_edition_says_when_it_ends(db):
    with pytest.raises(LedgerError, match="when it ends"):
        append("remark", {}, by="a test", about=("posts.edition", 1))


def test_many_lines_make_the_same_chain_as_one_by_one(db):
    draft = ledger.Draft("capture", {}, Actor(None, "a test"), at=NOON)
    append("capture", {}, by="a test", at=NOON)
    assert append_all([draft] * (ledger.DRAFT_BATCH + 2)) == ledger.DRAFT_BATCH + 2
    assert list(verify()) == []
    assert ledger.last()[0] == ledger.DRAFT_BATCH + 3


def test_a_clock_set_back_is_a_remark_and_the_order_decides(db):
    about = ("offices.firm", 1)
    for day, name in ((2, "First"), (1, "Second"), (3, "Third")):
        at = NOON.replace(day=day)
        append("changed", {"name": name}, by="a test", about=about, at=at)
    remarks = [f for f in verify() if f.remark]
    assert [(f.seq, "clock" in f.sentence) for f in remarks] == [(2, True)]
    (told,) = facts_as_of(NOON.replace(day=2), "offices.firm")
    assert told.facts == {"name": "Second"}


def test_the_record_says_what_it_knew_at_a_moment(db):
    lines = [
        (1, "added", 1, {"name": "Old"}),
        (2, "added", 2, {"name": "Other"}),
        (3, "changed", 1, {"name": "New"}),
        (4, "removed", 2, {}),
    ]
    for day, kind, number, facts in lines:
        at = NOON.replace(day=day)
        append(kind, facts, by="Sam", about=("posts.topic", number), at=at, note=kind)

    def known(day):
        found = facts_as_of(NOON.replace(day=day), "posts.topic")
        return [(told.subject_id, told.facts["name"], told.kind) for told in found]

    assert known(2) == [(1, "Old", "added"), (2, "Other", "added")]
    assert known(3) == [(1, "New", "changed"), (2, "Other", "added")]
    assert known(4) == [(1, "New", "changed")]
    told = next(facts_as_of(NOON.replace(day=4), "posts.topic"))
    assert told.by == Actor(None, "Sam") and told.note == "changed"


def test_a_user_name_never_stands_for_a_name():
    user = User(pk=3, username="attorney")
    assert actor_of(user) == Actor(3, "account 3, which has no full name")
    with pytest.raises(ValidationError, match="no full name"):
        approver(user)
    user.first_name, user.last_name = "Anna", "Example"
    assert approver(user) == Actor(3, "Anna Example")


def test_the_desk_says_who_is_signed_in_only_while_it_answers(rf):
    request = rf.get("/admin/")
    request.user = User(pk=3, first_name="Anna", last_name="Example")
    assert middleware(lambda request: actor_of(None))(request).name == "Anna Example"
    assert actor_of(None).name == "not known"
    assert middleware(lambda request: actor_of(None))(rf.get("/")).name == "not known"


@pytest.mark.parametrize(
    "arguments, name",
    [
        (["/srv/manage.py", "setup", "--x"], "manage.py setup"),
        (["/srv/manage.py"], "not known"),
        (["/usr/bin/granian", "setup"], "not known"),
        ([], "not known"),
    ],
)
def test_a_command_is_named(monkeypatch, arguments, name):
    monkeypatch.setattr("sys.argv", arguments)
    assert actor_of(None) == Actor(None, name)
    with acting_as(lambda: "housekeeping"):
        assert actor_of(None) == Actor(None, "housekeeping")


def test_entries_of_one_hash_cannot_be_two(db):
    append("capture", {}, by="a test")
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(
            "INSERT INTO lawblog_record_entry "
            "(seq, at, kind, subject, line, prev, hash) "
            "SELECT 2, at, kind, subject, line, hash, hash FROM lawblog_record_entry"
        )


def test_lines_are_dated_by_the_clock_of_the_site(db):
    with time_machine.travel(NOON, tick=False):
        append("capture", {}, by="a test")
    assert Entry.objects.get().at == NOON
