"""The jobs that housekeeping does."""

from . import jobs

jobs.register_all()
