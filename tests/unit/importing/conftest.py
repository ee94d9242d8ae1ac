"""Files to be read: those of tests/data/importing, and what a test writes."""

import io
import zipfile
from pathlib import Path

import pytest

from posts.importing import Article, Refusal, Upload, read_files, read_upload

DATA = next(
    p / "data" / "importing" for p in Path(__file__).parents if p.name == "tests"
)


@pytest.fixture
def folder():
    """tests/data/importing"""
    return DATA


@pytest.fixture
def one():
    """one(data or text, name) → the one article in a file; anything else fails."""

    def read(data, name="file"):
        data = data.encode() if isinstance(data, str) else data
        outcomes = list(read_upload(Upload(name, data)))
        articles = [o.what for o in outcomes if isinstance(o.what, Article)]
        assert len(articles) == 1, outcomes
        return articles[0]

    return read


@pytest.fixture
def refused():
    """refused(data or text) → the sentences with which a file is refused."""

    def read(data, name="file"):
        data = data.encode() if isinstance(data, str) else data
        outcomes = list(read_upload(Upload(name, data)))
        assert outcomes and all(isinstance(o.what, Refusal) for o in outcomes), outcomes
        return " ".join(o.what.sentence for o in outcomes)

    return read


@pytest.fixture
def data():
    """data(name) → the outcomes of a file of tests/data/importing, by title or kind."""

    def read(name):
        outcomes = list(read_files([DATA / name]))
        return {getattr(o.what, "title", o.place): o.what for o in outcomes}

    return read


@pytest.fixture
def zipped():
    """zipped({name: bytes or text}) → the bytes of an archive."""

    def write(files, **options):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return out.getvalue()

    return write


@pytest.fixture
def said():
    """said(article) → its findings as one text."""
    return lambda article: "\n".join(
        f"{f.sentence} {f.place}" for f in article.findings
    )
