"""What restores begin with: an archive, and all that one replaces."""

import shutil
from pathlib import Path

import pytest

from helpers.sites import OfTest
from lawblog.keeping import backup
from lawblog.keeping.tables import carried, lines
from posts.models import Post


def state() -> dict[str, bytes]:
    """All that a restore replaces, as text."""
    return {label: b"".join(lines(table)) for label, table in carried().items()}


@pytest.fixture(scope="session")
def archive_kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("archive") / "archive.zip"


@pytest.fixture
def archive(sites: OfTest, archive_kept: Path, tmp_path: Path) -> Path:
    """Of a site with one article more than sites.filled has."""
    if not archive_kept.exists():
        with sites.filled("origin"):
            post = {"title": "One more", "slug": "one-more"}
            Post.objects.create(law_as_of="2026-11-02", **post)
            backup.write_to(archive_kept)
    return Path(shutil.copy(archive_kept, tmp_path))
