"""An export of a site with some of everything: made once and copied."""

import io
import shutil
from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone

from lawblog.keeping import exporting
from lawblog.pagecache import snapshot
from posts.models import Topic

BODY = (
    "<h2>First</h2><p>Words <strong>in bold</strong>, “quoted” [[a note]].</p>"
    "<ul><li>one</li><li>two</li></ul>"
    "<table><tbody><tr><td>cell</td></tr></tbody></table>"
)


@pytest.fixture
def exported(
    set_up,
    publish,
    make_post,
    noted,
    clock,
    settings,
    tmp_path,
    monkeypatch,
    export_kept,
):
    """The folder of an export: made once and copied, with what was exported."""
    # It would drop the connection that has the test's transaction.
    monkeypatch.setattr(snapshot, "close_old_connections", lambda: None)
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    (tmp_path / "pages.changed").touch()
    folder = tmp_path / "out"

    def make():
        (tmp_path / "media/pictures").mkdir(parents=True)
        (tmp_path / "media/pictures/a-1x1.png").write_bytes(b"picture")
        write_some(publish, make_post)
        told = io.StringIO()
        call_command("export", str(folder), stdout=told)
        assert told.getvalue().count("\n") == len(exporting._exporters) + 3
        for name in ("media", "out"):
            shutil.copytree(tmp_path / name, export_kept / name)

    noted.again("exported", make, at=timezone.now(), numbered=True)
    if not folder.exists():
        shutil.copytree(export_kept, tmp_path, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def export_kept(tmp_path_factory):
    return tmp_path_factory.mktemp("exported")


def write_some(publish, make_post):
    publish("A title: with a colon", topics=["Asylum", "Courts"], body=BODY)
    publish("Un título", language="es", published_on=date(2020, 2, 29))
    publish("=SUM(A1)", slug="sum")
    for number in range(12):
        publish(f"Number {number}")
    make_post("A draft")
    topic = Topic.objects.get(name="Courts")
    topic.slug = "courthouses"
    topic.save()
