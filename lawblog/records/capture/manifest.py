"""What a capture saw: a line about the capture, then a line for each address.

{"addresses":…,"at":"…Z","ledger":{"head":"…","seq":…},"previous":"<SHA-256>","site":"…"}
{"at":"…Z","bytes":…,"headers":[[…]…],"sha256":"…","status":200,"url":"https://…"}
"""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypedDict

from . import store

MAX_FIRST_LINE_LENGTH = 10_000


class About(TypedDict):
    """previous: the SHA-256 of the manifest before, as a file, or ""."""

    site: str
    at: str
    addresses: int
    previous: str
    ledger: dict[str, Any] | None


class Seen(TypedDict):
    """An address and what was answered. sha256: of the payload."""

    url: str
    at: str
    status: int
    headers: list[list[str]]
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Manifest:
    name: str
    about: About
    seen: dict[str, Seen]  # by url

    @property
    def moment(self) -> datetime:
        return store.moment_of(self.name)


def as_bytes(about: About, seen: Iterable[Seen]) -> bytes:
    """Sorted by address; the same facts are the same bytes."""
    lines = [about, *sorted(seen, key=lambda each: each["url"])]
    text = "".join(
        json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        + "\n"
        for line in lines
    )
    return gzip.compress(text.encode(), mtime=0)


@lru_cache(maxsize=4)
def _read(name: str, changed: int) -> Manifest:
    try:
        text = gzip.decompress((store.folder() / name).read_bytes()).decode()
        about, *seen = (json.loads(line) for line in text.split("\n")[:-1])
        if len(seen) != about["addresses"]:
            raise ValueError("lines are missing")
        return Manifest(name, about, {each["url"]: each for each in seen})
    except Exception as error:  # gzip, zlib and json have an error each
        raise _spoilt(name, error) from error


def _spoilt(name: str, error: Exception) -> ValueError:
    return ValueError(f"The manifest {name} is spoilt: {error}.")


def read(name: str) -> Manifest:
    """ValueError where it is spoilt."""
    return _read(name, (store.folder() / name).stat().st_mtime_ns)


def about(name: str) -> About:
    """The first line alone, for lists of captures; ValueError where it is spoilt."""
    try:
        with gzip.open(store.folder() / name, "rt", encoding="utf-8") as file:
            found: About = json.loads(file.readline(MAX_FIRST_LINE_LENGTH))
            if type(found["addresses"]) is not int:
                raise ValueError("no number of addresses")
    except Exception as error:  # gzip, zlib and json have an error each
        raise _spoilt(name, error) from error
    return found


def newest() -> Manifest | None:
    names = store.names()
    return read(names[-1]) if names else None


def before(moment: datetime) -> Manifest | None:
    """The last capture that was made by a moment: what is known of the site then."""
    names = store.names(until=moment)
    return read(names[-1]) if names else None
