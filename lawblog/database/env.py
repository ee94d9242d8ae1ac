"""Strict readers of the variables that name a database."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from django.core.exceptions import ImproperlyConfigured

from lawblog.env import env_str

# Django's settings of one database.
Database = dict[str, Any]

# WAL lets readers read while somebody saves. With FULL, a save that was acknowledged
# survives a power cut. With IMMEDIATE, two writers queue, for at most ten seconds,
# instead of failing halfway.
SQLITE_OPTIONS = {
    "timeout": 10,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def env_database(name: str, file: Path) -> Database:
    """Django's settings for the database that a sqlite:/// or postgres:// URL names;
    without one, for SQLite in the file."""
    config = _config(name, env_str(name)) if env_str(name) else _sqlite(str(file))
    if "sqlite3" not in config["ENGINE"]:
        config["CONN_HEALTH_CHECKS"] = True
    return {**config, "CONN_MAX_AGE": 60}


def _sqlite(path: str) -> Database:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": SQLITE_OPTIONS,
    }


def _config(name: str, value: str) -> Database:
    """What the address says; ImproperlyConfigured, without the address, as it may hold
    a password."""
    wrong = ImproperlyConfigured(
        f"{name} is not a database address. Use sqlite:////full/path/to/file.sqlite3 "
        "or postgres://USER:PASSWORD@HOST:PORT/NAME, and in the password %2F for /, "
        "%3F for ?, %40 for @ and %25 for %"
    )
    scheme, _, rest = value.partition("://")
    if scheme == "sqlite":
        # A path that begins elsewhere would be another file from another folder.
        if not rest.startswith("//") or set("?#") & set(rest):
            raise wrong
        return _sqlite(unquote(rest[1:]))
    if scheme not in ("postgres", "postgresql") or "%00" in rest:
        raise wrong
    try:
        config: Database = environ.Env.db_url_config(value)
    except ValueError:
        raise wrong from None
    if not config.get("NAME"):
        raise wrong
    # A socket's folder, as PostgreSQL's own programs take it: %2Frun%2Fpostgresql
    return {**config, "HOST": unquote(config["HOST"])}


def env_replica(name: str, primary: Database) -> Database | None:
    """Django's settings for a read replica of `primary` (settings too), or None."""
    if not env_str(name):
        return None
    config = env_database(name, Path())
    if config["ENGINE"] != primary["ENGINE"]:
        raise ImproperlyConfigured(
            f"{name} names another kind of database than DATABASE_URL. A replica is a "
            "copy of that one, kept up to date by the database itself."
        )
    if "postgresql" in config["ENGINE"]:
        # If it does not answer, the site does without it before a reader notices.
        config.setdefault("OPTIONS", {}).setdefault("connect_timeout", 2)
    return config
