"""Strict readers of environment variables: an unknown value is refused by name."""

import importlib.util
import os
import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


def env_str(name: str, default: str = "") -> str:
    """The variable's value, or the contents of the file that NAME_FILE names."""
    file = os.environ.get(f"{name}_FILE", "")
    if not file:
        return os.environ.get(name, default)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"{name}_FILE names {file}, which cannot be read: {error}."
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


def read_env_file(path: Path) -> None:
    """Read variables from a file, if it exists; the environment takes precedence. A
    malformed line raises, since somebody counts on what it was meant to set."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {error}.") from None
    for number, line in enumerate(lines, start=1):
        if line.strip() and not re.match(r"\s*(?:#|(?:export )?[A-Za-z_]\w*=)", line):
            raise ImproperlyConfigured(
                f"{path}, line {number} is not NAME=VALUE: write it so, or remove it."
            )
        if re.match(r"\s*(?:export )?\w+=(?:\"[^\"]*|'[^']*)$", line):
            raise ImproperlyConfigured(
                f"{path}, line {number} has a quotation mark that nothing ends."
            )
    environ.Env.read_env(path)


def env_bool(name: str, default: bool) -> bool:
    value = os.environ.get(name, "") or str(default)
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} is {value!r}: use True or False.")
    return value == "True"


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name, "") or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}: use a whole number.")
    return int(value)


def env_list(name: str) -> list[str]:
    return [
        part.strip() for part in os.environ.get(name, "").split(",") if part.strip()
    ]


def env_directory(name: str, default: Path) -> Path:
    """A directory, which is made if it does not exist."""
    directory = Path(os.environ.get(name) or default)
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is {directory}, which cannot be made: {error.strerror}. "
            "Make it for this user, or name another."
        ) from None
    return directory


def env_site_url(name: str) -> SplitResult:
    """The site's public address without a trailing slash, split.

    Plain http is for this machine only: a password that is typed at any other address
    must travel encrypted.
    """
    value = os.environ.get(name, "").rstrip("/")
    try:
        url = urlsplit(value)
        url.port  # noqa: B018 - reading it is what raises on a bad port
    except ValueError:
        url = urlsplit("")
    plain = f"{url.scheme}://{url.netloc}" == value and "@" not in url.netloc
    if url.scheme not in ("http", "https") or not url.hostname or not plain:
        raise ImproperlyConfigured(
            f"{name} is {value!r}: give the site's address, like https://www.example.com"
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
