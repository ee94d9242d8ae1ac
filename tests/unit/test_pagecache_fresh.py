"""After a change the next reader sees the change."""

import threading
from datetime import date, time

import pytest
from django.db import connection, transaction
from helpers.pagecache import save_firm

from lawblog.models import SiteVersion
from lawblog.pagecache import snapshot
from lawblog.pagecache.change_flag import ChangeFlag, change_flag
from offices.models import Closure, Firm, FirmLink, Office, OfficeHours
from posts import publishing
from posts.models import Edition, Post, Topic

pytestmark = pytest.mark.django_db(transaction=True)


def office():
    return Office.objects.first()


CHANGES = {
    "save": save_firm,
    "update": lambda: Firm.objects.update(name="Changed"),
    "create": lambda: FirmLink.objects.create(firm_id=1, label="Changed", url="/"),
    "bulk_create": lambda: FirmLink.objects.bulk_create(
        [FirmLink(firm_id=1, label="Changed", url="/")]
    ),
    "withdraw": lambda: publishing.withdraw(Post.objects.get(), by=None),
    "topic": lambda: Edition.objects.get().topics.add(
        Topic.objects.create(name="Changed", slug="changed")
    ),
    "hours": lambda: OfficeHours.objects.create(
        office=office(), weekday=1, opens=time(9), closes=time(17)
    ),
    "closure": lambda: Closure.objects.create(
        first_day=date(2026, 11, 24), last_day=date(2026, 11, 24), reason="Changed"
    ),
    "switch": lambda: Office.objects.filter(pk=office().pk).update(
        appointment_only=True
    ),
    "sql": lambda: connection.cursor().execute(
        "update offices_firm set name = 'Changed'"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_by_the_next_reader(site, change):
    before = site("/posts/")
    change()
    assert site("/posts/")[2] != before[2]
    assert len(site.asked) == 2


@pytest.mark.slow
def test_a_withdrawn_article_is_gone_and_not_confirmed(site):
    tag = site()[1]["ETag"]
    CHANGES["withdraw"]()
    assert site(HTTP_IF_NONE_MATCH=tag)[0] == 404


@pytest.mark.slow
def test_what_is_rolled_back_moves_nothing(site):
    site()
    version = SiteVersion.objects.current()
    with pytest.raises(RuntimeError), transaction.atomic():
        save_firm()
        raise RuntimeError
    site()
    assert SiteVersion.objects.current() == version and len(site.asked) == 1


def test_a_change_is_counted_in_the_transaction_that_makes_it(site):
    """So that a crash between commit and change flag loses nothing."""
    version = SiteVersion.objects.current()
    with transaction.atomic():
        save_firm()
        assert SiteVersion.objects.current() > version


def test_two_who_save_at_once_do_not_wait_for_each_other(site):
    def another():
        with transaction.atomic():
            SiteVersion.objects.move()
        connection.close()

    before = SiteVersion.objects.current()
    other = threading.Thread(target=another)
    # SQLite has one writer at a time, whoever they are.
    two = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        SiteVersion.objects.move()
        if two:
            other.start()
            other.join(20)
            assert not other.is_alive() and SiteVersion.objects.count() == 2
    assert SiteVersion.objects.current() == before + (2 if two else 1)


@pytest.mark.slow
def test_a_lost_stamp_is_made_good_by_the_next_look(site, monkeypatch):
    """Another machine's change, or a crash between commit and change flag: a second."""
    site()
    monkeypatch.setattr(change_flag, "map", bytearray(change_flag.map[:]))
    monkeypatch.setattr(ChangeFlag, "open", lambda self: None)
    monkeypatch.setattr(ChangeFlag, "move", lambda self: None)
    save_firm()
    assert b"Changed" not in site()[2]
    monkeypatch.setattr(snapshot, "LOOK_EVERY_SECONDS", 0)
    assert b"Changed" in site()[2]


@pytest.mark.slow
def test_what_was_rendered_while_the_site_changed_is_not_kept(site):
    django = site.store.application.application

    def slow(environ, start_response):
        response = django(environ, start_response)
        Firm.objects.update(name="Changed")
        return response

    site.store.application.application = slow
    assert b"Changed" not in site()[2]
    site.store.application.application = django
    assert b"Changed" in site()[2]
