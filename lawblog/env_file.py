"""Reads a file of settings, such as .env; a line that cannot be meant is refused, since
somebody counts on what it was meant to set."""

import difflib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from lawblog.ownership import reason

PAIR = re.compile(r"(?:export )?([A-Za-z_]\w*)=(.*)", re.ASCII)
QUOTED = re.compile(r"'([^']*)'|\"((?:[^\"\\]|\\.)*)\"")
# What deploy/serve, make and compose.yaml read themselves.
OTHERS = {"WORKERS", "PORT", "PYTHON", "SITE_HOST", "OTHER_HOST"}


def read_env_file(path: Path) -> None:
    """Read variables from a file, if it exists; the environment takes precedence.

    Raises ImproperlyConfigured, with the line's number.
    """
    values: dict[str, str] = {}
    known = _known(path.with_name(".env.example"))
    for number, line in enumerate(_lines(path), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            name, value = _pair(line)
            _refuse_misspelled(name, known)
            if name in values:
                raise ValueError(f"sets {name} once more: keep one of the two.")
        except ValueError as error:
            raise ImproperlyConfigured(f"{path}, line {number} {error}") from None
        values[name] = value
    for name, value in values.items():
        os.environ.setdefault(name, value)


def _lines(path: Path) -> list[str]:
    try:
        # Windows writes a mark at the beginning.
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError:
        raise ImproperlyConfigured(
            f"{path} cannot be read: it is no text in UTF-8. Save it as UTF-8."
        ) from None
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be read: {reason(error, path)}"
        ) from None
    return [line.strip() for line in text.split("\n")]


def _pair(line: str) -> tuple[str, str]:
    """Raises ValueError with the end of a sentence about the line."""
    found = PAIR.fullmatch(line)
    if not found:
        raise ValueError(
            "is not NAME=VALUE: write it so, without spaces around =, or remove it."
        )
    return found[1], _value(found[2])


def _value(written: str) -> str:
    """Raises ValueError, as _pair()."""
    value = written.lstrip()
    if not value.isprintable():
        raise ValueError("has a character that cannot be seen: type it anew.")
    if value[:1] in ("'", '"'):
        quoted = QUOTED.fullmatch(value)
        if not quoted:
            raise ValueError(
                "has a quotation mark that nothing ends, or something after its end."
            )
        plain, escaped = quoted.groups()
        # As systemd and shells read it: any other backslash is one.
        value = plain or re.sub(r"\\([\"\\$`])", r"\1", escaped or "")
    elif "\\" in value:
        # systemd, which reads the same file for the service, leaves it out.
        raise ValueError(
            "has a backslash outside quotation marks: put the value in single ones."
        )
    elif " #" in written:
        raise ValueError(
            "has a comment after the value: give it a line of its own, or put the "
            "value in quotation marks."
        )
    return value


def _known(example: Path) -> set[str]:
    """The names that an example of the file lists, if there is one."""
    try:
        names = set(re.findall(r"(?m)^([A-Z_0-9]+)=", example.read_text("utf-8")))
    except OSError:
        return set()
    return names | {f"{name}_FILE" for name in names} | OTHERS


def _refuse_misspelled(name: str, known: Iterable[str]) -> None:
    """What resembles nothing may be another program's."""
    if known and name not in known:
        for near in difflib.get_close_matches(name, known, n=1, cutoff=0.85):
            raise ValueError(f"sets {name}, which nothing reads: is it {near}?")
