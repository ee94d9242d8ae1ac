"""A backup that an earlier version wrote, byte for byte as it wrote it: with samples,
accounts and a record of 45 lines."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from lawblog.keeping import restore
from lawblog.keeping.restore_drill import rehearse
from lawblog.records.models import Entry
from lawblog.records.restoring import head, problems
from posts.models import Edition, Topic

# Whole sites are written and read.
pytestmark = pytest.mark.slow

OLD = Path(__file__).parents[1] / "data/backup_of_an_older_version.zip"


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(sites):
    with sites.empty("goal"):
        manifest = restore.into_this_site(OLD).manifest
        assert list(problems()) == []
        assert manifest.ledger and head()["seq"] >= manifest.ledger["seq"] == 45
        assert User.objects.filter(username="attorney").exists()
        live = Edition.objects.live()
        assert len(live) == 12
        for edition in live:
            assert Client().get(edition.get_absolute_url()).status_code == 200
        # What an update adds to the record stands after what it found.
        last = Entry.objects.get(seq=manifest.ledger["seq"])
        assert json.loads(last.line)["seq"] == 45
        added = Entry.objects.filter(seq__gt=45)
        assert {entry.kind for entry in added} <= {"taken over"}


def test_the_drill_can_read_what_was_made_before_an_update(
    sites, older_archive, tmp_path
):
    path, _ = older_archive
    with sites.empty("here"):
        assert "restored and the same" in rehearse(path, tmp_path)
        assert not Topic.objects.exists()
