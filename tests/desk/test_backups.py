"""The state of the backups at the desk, and the buttons beside it."""

import io
import os
import zipfile
from datetime import datetime, timedelta, timezone

import pytest
from django.core.files.base import ContentFile
from django.utils.timezone import now
from helpers.signing_in import AGAIN, signed_in

from lawblog.keeping import automatic_backups, jobs, requested_jobs
from lawblog.keeping.housekeeping import due, run
from lawblog.keeping.models import JobRun
from lawblog.models import Entry

PAGE = "/admin/backups/"
EVERYTHING = f"{PAGE}everything/"


@pytest.fixture
def started(monkeypatch):
    """The jobs that were begun, in order."""
    monkeypatch.setattr(automatic_backups, "stored_backups", list)
    begun = []
    monkeypatch.setattr(requested_jobs, "start", begun.append)
    return begun


def ran(name, **facts):
    facts = {"started_at": now(), "ended_at": now(), "succeeded_at": now(), **facts}
    JobRun.objects.update_or_create(name=name, defaults=facts)


def page(client):
    return client.get(PAGE).content.decode()


def test_nothing_yet_is_said(attorney_client, started):
    shown = page(attorney_client)
    assert "No backup was made yet" in shown and "No backup was tried out yet" in shown


def test_the_last_one_its_size_and_the_last_trial_are_shown(
    attorney_client, started, monkeypatch
):
    at = datetime(2026, 11, 24, 8, tzinfo=timezone.utc)
    kept = [automatic_backups.StoredBackup("lawblog.zip", at, 2048)]
    monkeypatch.setattr(automatic_backups, "stored_backups", lambda: kept)
    ran("backup", outcome="lawblog.zip, 2.0 KB, is in a folder.")
    ran("drill", failed=True, outcome="It was another.")
    shown = page(attorney_client)
    assert "2.0\xa0KB" in shown and "Nov 24, 2026, 3 a.m." in shown
    assert "The last try failed: It was another." in shown


@pytest.mark.parametrize("job", ["backup", "drill", "export"])
def test_a_button_begins_one_and_says_so(attorney_client, started, job):
    answer = attorney_client.post(PAGE, {"job": job}, follow=True).content.decode()
    assert started == [job] and "Look again in a minute." in answer
    assert JobRun.objects.get(name=job).ended_at is None


def test_a_second_press_begins_no_second_one(attorney_client, started):
    attorney_client.post(PAGE, {"job": "backup"})
    answer = attorney_client.post(PAGE, {"job": "drill"}, follow=True).content.decode()
    assert started == ["backup"] and "One is running already." in answer


def test_one_that_was_cut_off_holds_nobody_back(attorney_client, started):
    ran("backup", ended_at=None, started_at=now() - timedelta(hours=2))
    attorney_client.post(PAGE, {"job": "backup"})
    assert started == ["backup"]


def test_one_for_which_the_server_has_no_process_is_told_and_does_not_run(
    attorney_client, started, monkeypatch
):
    def no_memory(job):
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(requested_jobs, "start", no_memory)
    for address, job in ((PAGE, "backup"), ("/admin/captures/", "capture-now")):
        answer = attorney_client.post(address, {"job": job}, follow=True)
        said = answer.content.decode()
        # Once for the press, and once for whoever looks later.
        assert said.count("could not begin it (Cannot allocate memory).") == 2, job
        assert not requested_jobs.is_running(JobRun.objects.get(name=job))


def test_a_job_that_is_none_is_refused(attorney_client, started):
    answer = attorney_client.post(PAGE, {"job": "restore"}, follow=True)
    assert "Nothing was begun" in answer.content.decode() and not started


def test_a_store_that_does_not_answer_is_said(attorney_client, started, monkeypatch):
    def away():
        raise OSError("away")

    monkeypatch.setattr(automatic_backups, "stored_backups", away)
    assert "does not answer" in page(attorney_client)


@pytest.mark.slow
def test_staff_see_no_backups_and_begin_none(staff_client, started):
    assert staff_client.get(PAGE).status_code == 403
    assert staff_client.post(PAGE, {"job": "backup"}).status_code == 403
    assert not started and "Backups" not in staff_client.get("/admin/").content.decode()


def test_now_does_the_named_job_though_it_is_not_due(db, monkeypatch):
    done = []
    monkeypatch.setattr("lawblog.keeping.housekeeping._jobs", {})
    for name in ("a", "b"):
        jobs.register_job(name, lambda name=name: done.append(name) or name, jobs.DAY)
    run()
    run("b")
    assert done == ["a", "b", "b"]


FILE = "lawblog-2026-11-24T080000Z.zip"


@pytest.fixture
def kept(monkeypatch):
    """A backup that is kept: its address at the desk."""
    row = automatic_backups.StoredBackup(FILE, now(), 5)
    monkeypatch.setattr(automatic_backups, "stored_backups", lambda: [row])
    automatic_backups.store().save(FILE, ContentFile(b"whole"))
    yield f"{PAGE}{FILE}/"
    automatic_backups.store().delete(FILE)


def test_the_owner_downloads_one(owner_client, kept):
    answer = owner_client.post(kept)
    assert answer.getvalue() == b"whole"
    assert answer["Content-Disposition"] == f'attachment; filename="{FILE}"'
    assert FILE in Entry.objects.get(kind="download").line


def test_what_a_restore_replaced_is_listed_and_downloaded_by_the_owner(
    attorney, owner_client, settings, tmp_path, started
):
    assert "Saved before a restore" not in page(owner_client)
    settings.BACKUP_DIR = tmp_path
    name = "before-restore-2026-11-24T080000.000000Z.zip"
    (tmp_path / name).write_bytes(b"before")
    shown = page(owner_client)
    assert "Saved before a restore" in shown and "Nov 24, 2026, 3 a.m." in shown
    assert "All of the last 7 days are kept" in shown
    assert owner_client.post(f"{PAGE}{name}/").getvalue() == b"before"
    assert name in Entry.objects.get(kind="download").line
    assert signed_in(attorney).post(f"{PAGE}{name}/").status_code == 403


def test_the_owner_is_asked_again_first(owner_client, kept):
    session = owner_client.session
    session["account_authentication_methods"][0]["at"] -= 600
    session.save()
    for address in (kept, EVERYTHING):
        answer = owner_client.post(address)
        assert answer.status_code == 302 and AGAIN in answer.url
    assert not Entry.objects.filter(kind="download").exists()


@pytest.mark.parametrize("name", ["nothing.zip", "lawblog.zip.sha256"])
def test_what_is_no_backup_is_not_sent(owner_client, kept, name):
    assert owner_client.post(f"{PAGE}{name}/").status_code == 404


def test_nobody_but_the_owner_downloads(attorney, kept):
    client = signed_in(attorney)
    assert "Download" not in page(client)
    assert client.post(kept).status_code == 403
    assert client.get(kept).url == "/admin/"


@pytest.fixture
def written(settings, tmp_path, publish):
    settings.VAR_DIR = tmp_path
    publish("Bond hearings")
    [done] = run("export")
    return done


@pytest.mark.slow
def test_everything_is_written_as_one_file_that_the_owner_downloads(
    written, owner_client, settings
):
    assert written.outcome.startswith("everything.zip, ")
    assert "Download everything" in page(owner_client)
    answer = owner_client.post(EVERYTHING)
    names = zipfile.ZipFile(io.BytesIO(answer.getvalue())).namelist()
    assert "everything/README.txt" in names
    assert any("bond-hearings" in name for name in names)
    assert "everything.zip" in Entry.objects.filter(kind="download").last().line
    assert os.listdir(settings.VAR_DIR / "exports") == ["everything.zip"]


def test_everything_is_for_the_owner_alone_and_written_when_somebody_asks(
    attorney, owner_client, settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    assert owner_client.post(EVERYTHING).status_code == 404
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports/everything.zip").write_bytes(b"all")
    assert signed_in(attorney).post(EVERYTHING).status_code == 403
    assert owner_client.get(EVERYTHING).url == "/admin/"
    assert "export" not in {job.name for job in due()}
