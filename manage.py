#!/usr/bin/env python3
import os
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def run_with_the_sites_python():
    """Whatever Python began it: what `make run` installed is in .venv."""
    python = FOLDER / ".venv/bin/python"
    if sys.prefix == sys.base_prefix and python.exists():
        # Our own interpreter with the same words.
        os.execv(python, [str(python), *sys.argv])  # noqa: S606


def main():
    run_with_the_sites_python()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawblog.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import DatabaseError
    except ModuleNotFoundError as error:
        sys.exit(
            f"{error}. “make run” installs what is needed, in .venv; where it did "
            "already: rm -r .venv, then make run."
        )

    # A wrong setting, an unreachable database or a full disk is the operator's to mend:
    # a sentence helps, a traceback does not.
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
    except KeyboardInterrupt:
        # As shells have it: 128 and the signal's number.
        sys.exit(130)
    except (DatabaseError, OSError) as error:
        from lawblog.unavailable.in_commands import explanation

        if not (sentence := explanation(error)):
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
