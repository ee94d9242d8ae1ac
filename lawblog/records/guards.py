"""What both databases' triggers share: names and messages."""

from dataclasses import dataclass

# Every name begins so: ours are told from others by it.
PREFIX = "record_guard"
KEPT = "frozen: {table} is the firm's record. It is not changed and not deleted."
NEEDS_A_LINE = "frozen: an end in {table} needs its line in the ledger first."
CHAIN = "frozen: an entry of the ledger follows the newest one. Use append()."


@dataclass(frozen=True)
class Guard:
    """`definition` is what a database is asked for again, to see that it is the same:
    on SQLite the statement, on PostgreSQL function and arguments."""

    name: str
    table: str
    definition: str


def named(table: str, what: str) -> str:
    return f"{PREFIX}_{what}_{table}"


def text(sentence: str, **words: str) -> str:
    """A sentence as a text of SQL."""
    return "'" + sentence.format(**words).replace("'", "''") + "'"
