"""The page store under the real server, with two workers."""

import subprocess
import sys

from helpers.served import ROOT, ask


def test_no_reader_of_either_worker_sees_what_was_before_a_change(served):
    port, environment, _ = served
    stress = [
        sys.executable,
        "tests/helpers/stress.py",
        f"http://127.0.0.1:{port}/",
        "40",
        "8",
    ]
    done = subprocess.run(
        stress, cwd=ROOT, env=environment, capture_output=True, text=True
    )
    changes, reads, stale, failed = [
        int(word.split()[0]) for word in done.stdout.split(",")
    ]
    assert (stale, failed) == (0, 0), done.stdout
    assert changes > 0 and reads >= 8 * changes


def test_the_server_sends_the_kept_bytes(served):
    port, *_ = served
    status, headers, body = ask(port, "GET", "/posts/", **{"Accept-Encoding": "br"})
    assert status == 200 and headers["content-encoding"] == "br"
    assert int(headers["content-length"]) == len(body)
    status, head, nothing = ask(port, "HEAD", "/posts/", **{"Accept-Encoding": "br"})
    assert (status, nothing) == (200, b"") and head["etag"] == headers["etag"]
    asked = {"If-None-Match": headers["etag"], "Accept-Encoding": "br"}
    assert ask(port, "GET", "/posts/", **asked)[::2] == (304, b"")
    assert ask(port, "GET", "/nothing/")[0] == 404
