"""A stop is never passed over, whichever thread it comes to, and whenever."""

import os

import pytest

# As to one of granian's. Without a look it would be heeded when the waiting ends.
TO_ANOTHER_THREAD = """
import os, signal, threading, time
from lawblog.serving.stopping import heed_every_stop
asked = threading.Event()
heed_every_stop()
signal.signal(signal.SIGTERM, lambda number, frame: asked.set())
def ask():
    time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=ask).start()
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
print(asked.wait(30))
"""
# They are born with the master's handlers; Ctrl-C reaches them, and is left to it.
TO_WORKERS = """
import os, signal, time
from lawblog.serving.stopping import heed_every_stop
heed_every_stop()
signal.signal(signal.SIGINT, signal.SIG_DFL)
signal.signal(signal.SIGTERM, lambda number, frame: None)
def fork():
    worker = os.fork()
    if not worker:
        time.sleep(30)
        os._exit(0)
    os.kill(worker, signal.SIGINT)
    os.kill(worker, signal.SIGTERM)
    return worker
workers = [fork() for _ in range(20)]
print({os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in workers})
"""


WHILE_LOADING = """
import os, signal
from lawblog.serving.stopping import heed_every_stop
heed_every_stop()
os.kill(os.getpid(), signal.SIGINT)
print("and goes on")
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "said"),
    [(TO_ANOTHER_THREAD, "True\n"), (TO_WORKERS, "{-15}\n"), (WHILE_LOADING, "")],
)
def test_every_stop_is_heeded(forked, program: str, said: str) -> None:
    done = forked("-c", program, env={"PATH": os.environ["PATH"]})
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
