"""One fresh clone, in which `make run` takes long, for all who need one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import clones


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clones.fresh_clone(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="session")
def two_runs(clone: Path) -> Iterator[clones.TwoRuns]:
    with clones.two_runs(clone) as told:
        yield told
