"""Checks that all captures are as they were made, to the byte."""

from collections.abc import Iterator

from . import ledger_lines, manifest, store


def problems() -> Iterator[str]:
    """Sentences; none if everything is as it was. Reads every payload once."""
    known, names = ledger_lines.digests(), store.names()
    earlier, named = {""}, set()
    for name in names:
        digest = store.file_digest(name)
        if name in known and digest != known[name]:
            yield f"{name} is not what the ledger says it was."
        try:
            found = manifest.read(name)
        except ValueError as error:
            yield str(error)
        else:
            said = found.about["previous"]
            # The oldest one names one that was pruned. Two name the same one if the
            # first of them was made while the clock was ahead.
            if said not in earlier and name != names[0]:
                yield f"{name} follows no manifest that is here."
            named |= {seen["sha256"] for seen in found.seen.values()}
        earlier.add(digest)
    for name in sorted(known.keys() - set(names)):
        yield f"{name} is in the ledger and is not here."
    yield from _payloads(named)


def _payloads(named: set[str]) -> Iterator[str]:
    for digest in sorted(named):
        try:
            store.payload(digest)
        except ValueError as error:
            yield str(error)
