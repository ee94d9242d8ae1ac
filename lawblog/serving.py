"""What deploy/serve starts: the site is loaded once, and workers are forked from that.

A worker that died is replaced at once, and two need little more memory than one.
"""

import gc
import multiprocessing
import sys
from importlib import import_module

from granian.cli import entrypoint


def main() -> None:
    """The words of the command line are granian's."""
    # Whatever lies there after loading stays: looking through it again and again takes
    # a fifth of the start, and would give each worker a copy of it.
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
