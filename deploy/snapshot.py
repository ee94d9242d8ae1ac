"""The whole database as it is now, on this machine, for deploy/upgrade to go back to.

Not a backup: only the same kind and version of database reads it. To be run in a
release, with its Python and settings, while the site is stopped:

    .venv/bin/python deploy/snapshot.py save FILE
    .venv/bin/python deploy/snapshot.py restore FILE
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawblog.settings")

from django.db import connection  # noqa: E402 - it reads the two lines above
from psycopg2.extensions import make_dsn  # noqa: E402

# What Django tells psycopg2 and PostgreSQL's own programs do not know.
NOT_THEIRS = ("cursor_factory", "client_encoding")
EMPTY = (
    "SET client_min_messages = warning; DROP SCHEMA public CASCADE; "
    "CREATE SCHEMA public"
)


def copy_sqlite(source: str, target: str) -> None:
    """All of one file into another, whatever that holds."""
    with (
        closing(sqlite3.connect(source)) as one,
        closing(sqlite3.connect(target)) as two,
    ):
        one.backup(two)


def postgres(program: str, *words: str) -> None:
    """Raises CalledProcessError; the program has said why."""
    params = connection.get_connection_params()
    password = params.pop("password", "")
    dsn = make_dsn(**{k: v for k, v in params.items() if k not in NOT_THEIRS})
    # A password among the words could be read by everybody on the machine.
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    command = [program, f"--dbname={dsn}", *words]
    subprocess.run(command, env=environment, check=True)  # noqa: S603 - our own words


def save(file: str) -> None:
    """It has its name once it is whole: what is half would be gone back to."""
    part = f"{file}.part"
    try:
        if connection.vendor == "sqlite":
            copy_sqlite(str(connection.settings_dict["NAME"]), part)
        else:
            postgres("pg_dump", "--format=custom", "--no-owner", f"--file={part}")
        os.replace(part, file)
    finally:
        Path(part).unlink(missing_ok=True)


def restore(file: str) -> None:
    """Also what a newer release added is gone afterwards."""
    if connection.vendor == "sqlite":
        copy_sqlite(file, str(connection.settings_dict["NAME"]))
        return
    postgres("psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--command={EMPTY}")
    postgres(
        "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", file
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["save", file]:
            try:
                save(file)
            except (OSError, sqlite3.Error) as error:
                sys.exit(f"{file} could not be written: {error}. Make room there.")
        case ["restore", file] if Path(file).is_file():
            restore(file)
        case _:
            sys.exit(__doc__)
