"""The record: an append-only, hash-chained ledger of what was let through, and by whom.

canonical.py       the bytes that are hashed
models.py          Entry, a line of the ledger; Verification, the last check's result
acting.py          who is doing this: the person at the desk, or the command
subjects.py        which tables are recorded: freeze() and on_record()
ledger.py          append(), the only function that writes a line
comparing.py       each row beside the newest line about it
touched.py         which rows a statement can change, where that is certain
watching.py        a line for each change of a table that is on_record()
people.py          accounts, roles and sign-ins
triggers.py        the triggers that protect ledger and frozen tables, made of the
                   guards of guards.py, sqlite.py and postgresql.py
without_guards.py  the one way around them; migrations
verify.py          whether all of it holds; chain.py, the ledger alone
as_of.py           what the record knew at a moment
restoring.py       what backups and restores ask of the record
desk.py            the record's pages at the desk
capture/           the whole public site as visitors saw it

docs/record.md says what it proves and what it cannot.
"""
