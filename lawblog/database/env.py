"""Strict readers of the variables that name a database."""

from typing import Any

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


def env_database(name: str, default: str) -> Database:
    """Django's settings for the database that a sqlite:/// or postgres:// URL names.

    >>> env_database("NO_SUCH_VARIABLE", "postgres://ann:secret@db/blog")["NAME"]
    'blog'
    """
    value = env_str(name) or default
    wrong = ImproperlyConfigured(
        f"{name} is not a database address. Use sqlite:////full/path/to/file.sqlite3 "
        "or postgres://USER:PASSWORD@HOST:PORT/NAME"
    )
    scheme = value.partition("://")[0]
    if scheme not in ("postgres", "postgresql", "sqlite"):
        raise wrong
    try:
        config = environ.Env.db_url_config(value)
    except ValueError:
        raise wrong from None
    if not config.get("NAME"):
        raise wrong
    if scheme == "sqlite":
        config["OPTIONS"] = SQLITE_OPTIONS
    else:
        config["CONN_HEALTH_CHECKS"] = True
    return {**config, "CONN_MAX_AGE": 60}


def env_replica(name: str, primary: Database) -> Database | None:
    """Django's settings for a read replica of `primary` (settings too), or None."""
    if not env_str(name):
        return None
    config = env_database(name, "")
    if config["ENGINE"] != primary["ENGINE"]:
        raise ImproperlyConfigured(
            f"{name} names another kind of database than DATABASE_URL. A replica is a "
            "copy of that one, kept up to date by the database itself."
        )
    if "postgresql" in config["ENGINE"]:
        # If it does not answer, the site does without it before a reader notices.
        config.setdefault("OPTIONS", {}).setdefault("connect_timeout", 2)
    return config
