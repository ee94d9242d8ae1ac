"""Python reads this as it begins, where PYTHONPATH names the folder: what a program's
`manage.py migrate` would make is copied, as in tests."""

import os
import sys

if sys.orig_argv[1:3] == ["manage.py", "migrate"]:
    sys.path[:0] = [os.getcwd(), f"{os.getcwd()}/tests"]
    from helpers.migrating import copy_migrations

    copy_migrations()
