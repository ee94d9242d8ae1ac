"""What deploy/serve starts: the site is loaded once, and workers are forked from it.

A worker that dies is replaced at once, and two need little more memory than one.
"""

import gc
import multiprocessing
import sys
from importlib import import_module

from granian.cli import entrypoint

from lawblog.serving.stopping import heed_every_stop


def main() -> None:
    """The arguments are those of granian."""
    heed_every_stop()
    # Whatever was loaded stays: looking for garbage in it takes a fifth of the start,
    # and would give each worker a copy of its own.
    gc.disable()
    import_module("lawblog.wsgi")
    gc.freeze()
    gc.enable()
    # A reader of a kept page waits so long (seconds) for a thread that is busy.
    sys.setswitchinterval(0.001)
    multiprocessing.set_start_method("fork")
    entrypoint()


if __name__ == "__main__":
    main()
