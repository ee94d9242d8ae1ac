"""A bucket that does not take backups says why in a sentence."""

import os

import pytest

from lawblog.keeping import housekeeping, jobs
from lawblog.keeping.models import JobRun

# Libraries of the bucket are large to load.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def endpoint():
    pytest.importorskip("boto3")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def outcome(db, settings, tmp_path, monkeypatch):
    """outcome(endpoint) → what housekeeping says of a backup into a bucket there."""
    settings.VAR_DIR = tmp_path
    values = {"BUCKET": "missing", "REGION": "us-east-1", "KEY_ID": "k", "SECRET": "s"}
    for name, value in values.items():
        monkeypatch.setenv(f"BACKUP_S3_{name}", value)
    from lawblog.media.env import env_storage

    def ask(endpoint):
        monkeypatch.setenv("BACKUP_S3_ENDPOINT", endpoint)
        storage = env_storage("BACKUP_S3")
        settings.STORAGES = {**settings.STORAGES, "backups": storage}
        settings.BACKUP_IN_S3 = True
        housekeeping._do(housekeeping.Job("backup", jobs.make_backup, jobs.DAY))
        run = JobRun.objects.get(name="backup")
        assert run.failed
        assert not any(name.startswith(".backup") for name in os.listdir(tmp_path))
        return run.outcome

    return ask


def test_a_bucket_that_is_not_there_is_named(outcome, endpoint):
    said = outcome(endpoint)
    assert said == ("The bucket “missing” does not exist. Look at BACKUP_S3_BUCKET.")


def test_a_bucket_that_does_not_answer_is_said(outcome):
    said = outcome("http://127.0.0.1:9")
    assert said.startswith("The bucket “missing” failed: Could not connect")
