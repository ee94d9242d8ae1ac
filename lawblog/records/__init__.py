"""The record: an append-only, hash-chained ledger of what was let through, and by whom.

canonical.py   the bytes that are hashed
models.py      Entry, a line of the ledger; Verification, what the last check found
acting.py      who is doing this: the person at the desk, or the command
subjects.py    which tables the record is about: freeze() and on_record()
ledger.py      append(), the one function that writes a line
comparing.py   each row beside the newest line about it
watching.py    a line for each change of a table that is on_record()
people.py      accounts, roles and sign-ins
triggers.py    what keeps ledger and frozen tables as they are; sqlite.py, postgresql.py
lifting.py     the one way around the triggers, and migrations
verify.py      whether all of it holds; chain.py, the ledger alone
as_of.py       what the record knew at a moment

docs/record.md says what it proves and what it cannot.
"""
