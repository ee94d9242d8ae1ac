"""Programs of the site's own, forked from one process that has read Django already:
starting Python for each takes ten times as long."""

import json
import os
import runpy
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol

import django
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
Done = subprocess.CompletedProcess[str]


class Forked(Protocol):
    def __call__(self, *args: str, env: dict[str, str]) -> Done:
        """What came of `python ARGS` in the project's folder with these variables
        alone: args are "manage.py" and its words, or "-c" and a program."""


@pytest.fixture(scope="session")
def forked(migrations_are_copied: None) -> Iterator[Forked]:
    with forking(ROOT) as run:
        yield run


@contextmanager
def forking(folder: Path, env: dict[str, str] | None = None) -> Iterator[Forked]:
    """Programs of the project in a folder: this one, or a clone. With an environment,
    all have its settings, which are read once, and so are the models."""
    parent = subprocess.Popen(
        [sys.executable, __file__, *(["set-up"] if env else [])],
        cwd=folder,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdin and parent.stdout
    asked, answered = parent.stdin, parent.stdout

    def run(*args: str, env: dict[str, str]) -> Done:
        print(json.dumps([args, env]), file=asked, flush=True)
        return subprocess.CompletedProcess(args, *json.loads(answered.readline()))

    try:
        yield run
    finally:
        asked.close()
        parent.wait()
        answered.close()


def answer(line: str) -> list[int | str]:
    """[return code, output, errors]"""
    args, env = json.loads(line)
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(errors.fileno(), 2)
            os.environ.clear()
            os.environ.update(env)
            os._exit(run(args))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return [code, *(file.seek(0) or file.read() for file in (out, errors))]


def run(args: list[str]) -> int:
    """As Python itself would; its exit code."""
    sys.argv = args if args[0] != "-c" else ["-c", *args[2:]]
    sys.path[1:1] = filter(None, os.environ.get("PYTHONPATH", "").split(":"))
    try:
        if args[0] == "-c":
            exec(args[1], {"__name__": "__main__"})  # noqa: S102 - the test's own
        else:
            runpy.run_path(args[0], run_name="__main__")
        return 0
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


# Neither settings nor models: these are read by each program itself.
READ_BY_ALL = """
    django.core.management django.forms django.template.loader django.views.generic
    django.contrib.admin.utils PIL.Image icalendar jinja2 lxml.html segno reversion
    posts.authorities posts.reading posts.importing.formats
""".split()


def read_modules() -> None:
    with tempfile.TemporaryDirectory() as var:
        key = "not-a-secret-" * 5
        os.environ.update(SITE_URL="http://127.0.0.1", SECRET_KEY=key, VAR_DIR=var)
        for name in ("lawblog.settings", *READ_BY_ALL):
            import_module(name)
    # Each program reads its own.
    del sys.modules["lawblog.settings"], sys.modules["lawblog"].settings
    assert not settings.configured


def main() -> None:
    tests = str(Path.cwd() / "tests")
    sys.path[:1] = [str(Path.cwd()), tests]
    import_module("helpers.migrating").copy_migrations()
    sys.path.remove(tests)
    if sys.argv[1:] == ["set-up"]:
        os.environ["DJANGO_SETTINGS_MODULE"] = "lawblog.settings"
        django.setup()
    else:
        read_modules()
    for line in sys.stdin:
        print(json.dumps(answer(line)), flush=True)


if __name__ == "__main__":
    main()
