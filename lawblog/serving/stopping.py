"""No stop is passed over: SIGTERM and Ctrl-C end the master and its workers at once.

A worker that was asked and goes on is killed, but after twenty seconds (deploy/serve).
"""

import os
import signal
from functools import partial

STOPS = [signal.SIGINT, signal.SIGTERM]


def heed_every_stop() -> None:
    """Called in the master, before it loads the site."""
    for number in STOPS:
        # Until granian listens. The first process of a container has no default.
        signal.signal(number, lambda number, frame: os._exit(0))
    # In its first moments Python forgets the signals of a process that was forked.
    os.register_at_fork(
        before=partial(signal.pthread_sigmask, signal.SIG_BLOCK, STOPS),
        after_in_parent=partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, STOPS),
        after_in_child=_begin_as_worker,
    )
    _look_every_second()


def _begin_as_worker() -> None:
    # Until granian listens; the master's handler would only note that it was asked.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Ctrl-C reaches workers too, but it is the master that ends them.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    _look_every_second()


def _look_every_second() -> None:
    """Wakes Python's main thread, which alone acts on signals, also on those that came
    to a thread of granian's, as may happen while that begins another one."""
    signal.signal(signal.SIGALRM, lambda number, frame: None)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
