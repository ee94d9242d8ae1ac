"""Strict readers of environment variables: an unknown value is refused by name."""

import importlib.util
import os
import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

from lawblog.ownership import not_ours, reason, user_name

ROOT = Path(__file__).resolve().parent.parent
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")
# As browsers send it: other letters are written as xn--….
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]")


def env_str(name: str) -> str:
    """The variable's value, or the contents of the file that NAME_FILE names."""
    file = os.environ.get(f"{name}_FILE", "")
    if not file:
        return os.environ.get(name, "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"{name}_FILE names {file}, which cannot be read: "
            f"{reason(error, Path(file))}"
        ) from None


# What Django's own check asks for.
SECRET_LENGTH, SECRET_KINDS = 50, 5


def env_secret(name: str) -> str:
    """The key that signs sessions: long and random."""
    value = env_str(name)
    if len(value) >= SECRET_LENGTH and len(set(value)) >= SECRET_KINDS:
        return value
    what = f"has {len(value)} characters of {len(set(value))} kinds" if value else ""
    raise ImproperlyConfigured(
        f"{name} {what or 'is empty'}. Set it, or {name}_FILE, to 50 or more random "
        "characters ('make run' makes a file of its own for this machine)."
    )


def env_bool(name: str, default: bool) -> bool:
    value = os.environ.get(name, "") or str(default)
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} is {value!r}: use True or False.")
    return value == "True"


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name, "") or str(default)
    if not value.isdecimal() or len(value) > 9:
        raise ImproperlyConfigured(
            f"{name} is {value[:40]!r}: use a whole number of nine digits at most."
        )
    return int(value)


def env_list(name: str) -> list[str]:
    return [
        part.strip() for part in os.environ.get(name, "").split(",") if part.strip()
    ]


def env_hosts(name: str) -> list[str]:
    """Host names; one that begins with a dot stands for all below it."""
    hosts = env_list(name)
    for host in hosts:
        if host != "*" and not HOST.fullmatch(host.lower().removeprefix(".")):
            raise ImproperlyConfigured(
                f"{name} has {host!r}: give names alone, like www.example.com, with "
                "commas between them."
            )
    return hosts


def env_recipients(name: str) -> list[str]:
    """Public keys of age. What is no such key may be a secret: it is not shown."""
    keys = env_list(name)
    for number, key in enumerate(keys, start=1):
        if not re.fullmatch(r"age1[02-9ac-hj-np-z]{58}", key):
            raise ImproperlyConfigured(
                f"{name}: key {number} is no public key of age, which is age1 and 58 "
                "letters and digits. Whoever has the secret key finds it beside that."
            )
    return keys


def env_directory(name: str, default: Path, *, is_ours: bool = False) -> Path:
    """A directory, which is made if it does not exist. One without a / at its beginning
    is below the site's own folder, wherever a command is given. `is_ours`: one that is
    another user's is refused."""
    value = os.environ.get(name) or str(default)
    if value.startswith("~"):
        raise ImproperlyConfigured(
            f"{name} is {value!r}: write the full path, which begins with / and not ~."
        )
    directory = ROOT / value
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is {directory}, which cannot be made: {error.strerror}. "
            f"Make it (sudo install -d -o {user_name()} {directory}), or name another."
        ) from None
    if is_ours and (sentence := not_ours(directory)):
        raise ImproperlyConfigured(sentence)
    return directory


def env_site_url(name: str) -> SplitResult:
    """The site's public address without a trailing slash, split.

    Plain http is for this machine only: a password that is typed at any other address
    must travel encrypted.
    """
    value = os.environ.get(name, "").rstrip("/").lower()
    try:
        url = urlsplit(value)
        url.port  # noqa: B018 - reading it is what raises on a bad port
    except ValueError:
        url = urlsplit("")
    host = url.netloc.removesuffix(f":{url.port}")
    plain = f"{url.scheme}://{url.netloc}" == value and HOST.fullmatch(host)
    if url.scheme not in ("http", "https") or not url.hostname or not plain:
        raise ImproperlyConfigured(
            f"{name} is {value!r}: give the site's address, like "
            "https://www.example.com, with letters beyond a to z as xn--…"
        )
    if url.scheme == "http" and url.hostname not in LOCAL_HOSTS:
        raise ImproperlyConfigured(
            f"{name} is {value!r}: use https. Plain http is accepted for "
            "127.0.0.1 and localhost only."
        )
    return url


def env_redis(name: str) -> str:
    """The address of a Redis or Valkey, or ""."""
    value = env_str(name)
    if value and not re.fullmatch(r"(rediss?|unix)://\S+", value):
        raise ImproperlyConfigured(
            f"{name} is not the address of a Redis. Use redis://:PASSWORD@HOST:6379/0, "
            "rediss:// for TLS, or unix:///path/to/socket"
        )
    if value and not importlib.util.find_spec("redis"):
        raise ImproperlyConfigured(
            f"{name} needs one more library: pip install -r requirements-redis.txt"
        )
    return value


def env_url(name: str) -> str:
    """An address to call, or ""."""
    value = env_str(name)
    if value and not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise ImproperlyConfigured(f"{name} is not an http:// or https:// address.")
    return value


def env_uri(name: str) -> str:
    """A mailto:, tel: or https: address, or ""."""
    value = os.environ.get(name, "")
    if value and not re.fullmatch(r"(?:mailto:\S+@\S+|https://\S+|tel:\+\d+)", value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}: use mailto:NAME@HOST, https://… or tel:+1…"
        )
    return value


def env_onion(name: str) -> str:
    """The address of an onion service, or ""."""
    value = os.environ.get(name, "").rstrip("/")
    if value and not re.fullmatch(r"http://[a-z2-7]{56}\.onion", value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}: use http:// and the name of 56 letters and digits "
            "in Tor's file hostname, with .onion at its end."
        )
    return value


def env_header(name: str) -> dict[str, str]:
    """{header: value}, or {}."""
    value = env_str(name)
    if value and not re.fullmatch(r"[A-Za-z0-9-]+: *[!-~][ -~]*", value):
        raise ImproperlyConfigured(f"{name} is no header. Write it as NAME: VALUE")
    key, _, value = value.partition(":")
    return {key: value.strip()} if key else {}
