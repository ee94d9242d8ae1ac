"""The backup that is made by itself, how long it is kept, and that it is of use."""

import io
import os
import subprocess
from datetime import datetime, timedelta, timezone

import pyrage
import pytest
import time_machine
from django.core.files.base import ContentFile
from PIL import Image

from lawblog.keeping import (
    automatic_backups,
    before_restore,
    damaged_pictures,
    jobs,
    leftovers,
    restore_drill,
)
from lawblog.keeping.archive import ArchiveError
from lawblog.keeping.locks import only_one
from lawblog.keeping.retention import Retention, to_remove
from posts.models import Post

# Whole sites are written and read.
pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 27, 8, tzinfo=timezone.utc)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "kept, days",
    [
        (Retention(3, 0, 0), [0, 1, 2]),
        (Retention(0, 0, 0), [0]),
        # 27 November is a Friday: Sundays are the last of their weeks.
        (Retention(0, 3, 0), [0, 5, 12]),
        (Retention(0, 0, 3), [0, 27, 58]),
        (Retention(2, 2, 2), [0, 1, 5, 27]),
    ],
)
def test_the_newest_of_each_day_week_and_month_is_kept(kept, days):
    moments = [NOW - n * DAY for n in range(60)]
    moments += [NOW - n * DAY - timedelta(hours=1) for n in range(60)]
    left = set(moments) - to_remove(moments, kept)
    assert left == {NOW - n * DAY for n in days}


def test_three_years_of_daily_backups_leave_46_at_most():
    moments, kept = [], Retention(7, 5, 36)
    for number in range(3 * 366):
        moments.append(NOW + number * DAY)
        gone = to_remove(moments, kept)
        moments = [moment for moment in moments if moment not in gone]
    assert len(moments) <= 7 + 5 + 36
    # The last of the 36th month back; November 2026 is the 37th.
    assert moments[0] == datetime(2026, 12, 31, 8, tzinfo=timezone.utc)
    assert moments[-7:] == [NOW + (3 * 366 - n) * DAY for n in range(7, 0, -1)]


def test_a_backup_is_kept_with_its_sum_and_old_ones_go(sites, settings):
    with sites.filled("a") as site, time_machine.travel(NOW, tick=False) as clock:
        settings.STORAGES = local(settings, site)
        (site.var / "backups/before-restore.zip").write_bytes(b"")
        for _ in range(9):
            sentence = jobs.make_backup()
            clock.shift(DAY)
        assert sentence.startswith("lawblog-2026-12-05T080000Z.zip, ")
        names = sorted(os.listdir(site.var / "backups"))
        assert names[0] == "before-restore.zip"
        zips = [
            name for name in names if name.startswith("lawblog") and "sha" not in name
        ]
        # Seven days, and the Sunday and the November before them.
        assert [name[8:18] for name in zips] == [
            f"2026-{day}" for day in "11-29 11-30 12-01 12-02 12-03 12-04 12-05".split()
        ]
        checked = subprocess.run(
            ["sha256sum", "-c", *[name for name in names if name.endswith(".sha256")]],
            cwd=site.var / "backups",
            capture_output=True,
        )
        assert checked.returncode == 0, checked


def test_what_restores_replaced_stays_a_week_then_goes_as_backups_do(
    settings, tmp_path
):
    settings.BACKUP_DIR = tmp_path
    with time_machine.travel(NOW, tick=False):
        # Two on each day, the newest of a week and a month among them; and a stranger.
        for number in range(40):
            for hour in ("08", "09"):
                day = (NOW - number * DAY).date()
                name = f"before-restore-{day}T{hour}0000.000000Z.zip"
                (tmp_path / name).write_bytes(b"")
        (tmp_path / "before-restore-by-hand.zip").write_bytes(b"")
        before_restore.prune()
    left = sorted(path.name[15:28] for path in tmp_path.iterdir())
    week = [f"2026-11-{day}T{hour}" for day in range(20, 28) for hour in ("08", "09")]
    sundays = ["2026-11-01T09", "2026-11-08T09", "2026-11-15T09"]
    assert left == ["2026-10-31T09", *sundays, *week, "by-hand.zip"]


def test_what_a_restore_replaced_goes_with_the_next_backup(sites, settings):
    with sites.filled("a") as site:
        settings.STORAGES = local(settings, site)
        old = site.var / "backups/before-restore-2020-01-01T080000.000000Z.zip"
        for path in (old, old.with_name(old.name.replace("01T", "02T"))):
            path.write_bytes(b"")
        kept = before_restore.save()
        jobs.make_backup()
        assert not old.exists() and kept.exists()
        assert [each.name for each in before_restore.stored()][0] == kept.name


def local(settings, site):
    storage = "django.core.files.storage.FileSystemStorage"
    folder = {"location": site.var / "backups"}
    return {**settings.STORAGES, "backups": {"BACKEND": storage, "OPTIONS": folder}}


def test_the_drill_restores_the_newest_and_leaves_nothing(sites, settings):
    with sites.filled("a") as site:
        settings.STORAGES = local(settings, site)
        made = automatic_backups.make_backup()
        sentence = restore_drill.run()
        assert sentence.startswith(f"{made.name}: restored and the same, ")
        assert not (site.var / "restoring").exists()
        assert Post.objects.count() == 4


def test_the_drill_finds_a_spoilt_backup(sites, settings):
    with sites.filled("a") as site:
        settings.STORAGES = local(settings, site)
        path = site.var / "backups" / automatic_backups.make_backup().name
        whole = path.read_bytes()
        place = whole.index(bytes(range(256)))
        path.write_bytes(whole[:place] + b"?" + whole[place + 1 :])
        with pytest.raises(ArchiveError, match="is not as it was written"):
            restore_drill.run()


def test_the_drill_makes_one_that_it_can_read_when_they_are_encrypted(sites, settings):
    with sites.filled("a") as site:
        settings.STORAGES = local(settings, site)
        settings.BACKUP_RECIPIENTS = [
            str(pyrage.x25519.Identity.generate().to_public())
        ]
        made = automatic_backups.make_backup()
        assert made.name.endswith(
            ".zip.age"
        ) and automatic_backups.stored_backups() == [made]
        assert (
            f"since {made.name} is encrypted: restored and the same"
            in restore_drill.run()
        )


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_backups_go_to_a_bucket_and_come_back_for_the_drill(
    sites, settings, monkeypatch
):
    boto3 = pytest.importorskip("boto3")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    s3 = boto3.resource("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)
    s3.create_bucket(Bucket="ours")
    values = {"BUCKET": "ours", "ENDPOINT": endpoint, "REGION": "us-east-1"}
    for name, value in {**values, "KEY_ID": "key", "SECRET": "secret"}.items():
        monkeypatch.setenv(f"BACKUP_S3_{name}", value)
    from lawblog.media.env import env_storage

    settings.STORAGES = {**settings.STORAGES, "backups": env_storage("BACKUP_S3")}
    settings.BACKUP_IN_S3 = True
    try:
        with sites.filled("a") as site:
            made = automatic_backups.make_backup()
            names = sorted(each.key for each in s3.Bucket("ours").objects.all())
            assert names == [made.name, f"{made.name}.sha256"]
            assert automatic_backups.stored_backups() == [made]
            assert restore_drill.run().startswith(made.name)
            assert os.listdir(site.var / "backups") == []
            assert not list(site.var.glob(".backup-*"))
    finally:
        server.stop()


@pytest.fixture
def pictures(db, settings, tmp_path):
    from lawblog.media.pictures import store

    settings.MEDIA_ROOT = tmp_path
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, "PNG")
    store(ContentFile(out.getvalue(), name="a.png"))
    return tmp_path / "pictures"


def test_pictures_that_were_stored_are_whole(pictures):
    assert (
        damaged_pictures.check() == f"{len(os.listdir(pictures))} pictures are whole."
    )


def test_half_a_picture_is_taken_away_and_named_until_it_is_put_back(pictures):
    path = next(pictures.glob("*.jpg"))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    for _ in range(2):
        with pytest.raises(ValueError, match=f"Not whole: pictures/{path.name}. Up"):
            damaged_pictures.check()
        assert not path.exists()
    path.write_bytes(whole)
    assert (
        damaged_pictures.check() == f"{len(os.listdir(pictures))} pictures are whole."
    )


@pytest.mark.parametrize("kind", ["avif", "webp"])
@pytest.mark.parametrize("content", [b"", b"no picture", None])
def test_a_smaller_version_is_made_again_from_the_picture(pictures, kind, content):
    path = next(pictures.glob(f"*.{kind}"))
    count = len(os.listdir(pictures))
    if content is None:
        path.unlink()
        count -= 1
    else:
        path.write_bytes(content)
    again = " 1 smaller versions were made again."
    assert damaged_pictures.check() == f"{count} pictures are whole.{again}"
    assert (
        damaged_pictures.check() == f"{len(os.listdir(pictures))} pictures are whole."
    )
    with Image.open(path) as picture:
        assert picture.size == (256, 256)


def test_half_a_smaller_version_of_a_picture_that_is_gone_goes_too(pictures):
    name = f"{'0' * 32}-9x9-9.webp"
    (pictures / name).write_bytes(b"")
    damaged_pictures.check()
    assert not (pictures / name).exists()


def test_what_a_killed_backup_left_goes_after_a_day(db, settings, tmp_path):
    settings.VAR_DIR, settings.BACKUP_DIR = tmp_path, tmp_path / "kept"
    settings.MEDIA_ROOT = tmp_path / "media"
    names = "kept/.lawblog-1.zip.part", ".backup-abc/a.zip", ".mine.part", "lawblog.zip"
    names += ("media/pictures/.a.png.1.part", "media/pictures/a.part")
    names += (
        "kept/.before-restore-1.zip.age.part",
        "captures/payloads/ab/.ab12.gz.part",
        *("restoring/new.sqlite3", "exports/.x/everything/a.md", "exports/.x/packed"),
    )
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, times=(NOW.timestamp(), NOW.timestamp()))
    with time_machine.travel(NOW + DAY, tick=False) as clock:
        assert leftovers.remove() is None
        clock.shift(1)
        # A restore that takes long is no leftover.
        with only_one("restore"):
            assert leftovers.remove() == "8 half-written files removed."
        assert leftovers.remove() == "1 half-written file removed."
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == [
        "a.part",
        "lawblog.zip",
        "restore.lock",
    ]
