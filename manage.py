#!/usr/bin/env python
import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawblog.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, connection

    # A wrong setting or an unreachable database is the operator's to mend: a
    # sentence helps, a traceback does not.
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
    except DatabaseError as error:
        if connection.connection:
            raise
        sys.exit(f"The database did not answer. Check DATABASE_URL.\n{error}")


if __name__ == "__main__":
    main()
