"""What is kept of captures is whole, and goes after three years."""

import hashlib
from datetime import timedelta

import pytest
from helpers.captured import ARTICLE, capture, flip
from helpers.captured import CAPTURED as NOW

from lawblog.records.capture import (
    check,
    ledger_lines,
    manifest,
    prune,
    reused_answers,
    store,
    take,
)

pytestmark = pytest.mark.slow


def test_a_flipped_byte_in_any_payload_is_found_and_named(captured):
    assert list(check.problems()) == []
    name = store.payload_name(captured.seen[ARTICLE]["sha256"])
    path = store.folder() / name
    whole = path.read_bytes()
    # But for gzip's own flags, time and system, which hold nothing that was shown.
    for place in (0, 1, 2, 12, len(whole) // 2, len(whole) - 5, len(whole) - 1):
        flip(path, place)
        (problem,) = check.problems()
        assert name in problem
        path.write_bytes(whole)
    path.unlink()
    (problem,) = check.problems()
    assert name in problem


def test_a_manifest_that_was_changed_is_found_by_the_next_or_the_ledger(
    two_articles, captured, nothing_changes, monkeypatch
):
    first, second = captured, capture(two_articles, minutes=1)
    known = {name: store.file_digest(name) for name in store.names()}
    seen = dict(second.seen)
    seen[ARTICLE] = {**seen[ARTICLE], "status": 404}
    (store.folder() / second.name).write_bytes(
        manifest.as_bytes(second.about, seen.values())
    )
    monkeypatch.setattr(ledger_lines, "digests", dict)
    assert list(check.problems()) == []
    monkeypatch.setattr(ledger_lines, "digests", lambda: known)
    assert list(check.problems()) == [
        f"{second.name} is not what the ledger says it was."
    ]
    monkeypatch.setattr(ledger_lines, "digests", dict)
    (store.folder() / first.name).write_bytes(
        manifest.as_bytes(first.about, list(first.seen.values())[:-1])
    )
    problems = list(check.problems())
    assert f"The manifest {first.name} is spoilt: lines are missing." in problems
    assert f"{second.name} follows no manifest that is here." in problems


@pytest.fixture
def without_the_article(two_articles, captured, nothing_changes, answers, monkeypatch):
    """The capture of a month later, when the article was withdrawn."""
    there = {a: answer for a, answer in answers.items() if "a-title" not in a}
    gone = answers["/no-page-has-this-address/"]
    monkeypatch.setattr(reused_answers, "ask", lambda address: there.get(address, gone))
    return capture(two_articles, days=31)


@pytest.mark.parametrize(
    "later, goes",
    [
        # The first shows what could be seen until the second was made, a month later.
        (timedelta(days=3 * 365), False),
        (timedelta(days=3 * 365 + 30), False),
        (timedelta(days=3 * 365 + 33), True),
    ],
)
def test_three_years_from_the_last_day_it_was_seen(
    two_articles, captured, without_the_article, later, goes
):
    first, second = captured, without_the_article
    two_articles.move_to(NOW + later)
    if not goes:
        with pytest.raises(prune.PruneError, match="Nothing is older than 3 years"):
            prune.prune("Anna Example")
        assert store.names() == [first.name, second.name]
        return
    done = prune.prune("Anna Example")
    assert done.manifests == [first.name] and store.names() == [second.name]
    gone = first.seen[ARTICLE]["sha256"]
    assert gone not in set(store.payloads()) and done.payloads > 0
    assert list(check.problems()) == []


def test_nothing_is_pruned_while_a_capture_that_stays_cannot_be_read(
    two_articles, nothing_changes
):
    second = capture(two_articles, days=31)
    flip(store.folder() / second.name, 30)
    two_articles.move_to(NOW + timedelta(days=4 * 365))
    with pytest.raises(prune.PruneError, match="is spoilt: .* Nothing was removed."):
        prune.prune("Anna Example")
    assert len(store.names()) == 2


def test_what_a_capture_shows_that_is_not_done_is_not_pruned(captured):
    """Its payloads may be there already, and its manifest, which names them, is not."""
    from lawblog.keeping.locks import only_one

    path = store.folder() / captured.name
    path.rename(f"{path}{take.PENDING}")
    with only_one("capture"), pytest.raises(prune.PruneError, match="is being made"):
        prune.prune("Anna Example")
    assert store.names() == []
    with pytest.raises(prune.PruneError, match="Nothing is older"):
        prune.prune("Anna Example")
    assert store.names() == [captured.name]


def test_the_same_facts_are_the_same_bytes():
    about = {"addresses": 0, "site": "ñ", "at": "", "previous": "", "ledger": None}
    data = manifest.as_bytes(about, [])
    assert data == manifest.as_bytes(dict(reversed(about.items())), [])
    assert hashlib.sha256(data).hexdigest() != hashlib.sha256(b"").hexdigest()


def test_the_ledger_has_a_line_for_each_capture(
    two_articles, captured, nothing_changes
):
    assert ledger_lines.digests() == {captured.name: store.file_digest(captured.name)}
    capture(two_articles, days=31)
    two_articles.shift(timedelta(days=4 * 366))
    capture(two_articles)
    prune.prune("Anna Example")
    assert list(ledger_lines.digests()) == store.names()
    assert list(check.problems()) == []
