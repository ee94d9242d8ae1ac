"""A page is rendered once, never stale, and the same for whoever asks."""

import gzip
import io
import threading
from datetime import date, datetime, time, timedelta, timezone

import brotli
import pytest
import time_machine
from django.apps import apps
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection, transaction

from lawblog.models import Generation
from lawblog.pages import epoch
from lawblog.pages.answers import encoding_for, matches
from lawblog.pages.epoch import Epoch
from lawblog.pages.generation import printed_tables, writes_printed_table
from lawblog.pages.stamp import Stamp, stamp
from lawblog.pages.store import PageStore
from offices.models import Closure, Firm, FirmLink, Office, OfficeHours
from posts import publishing
from posts.models import Edition, Post, Topic

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 24, 17, tzinfo=timezone.utc)  # a Tuesday, noon in New York
ARTICLE = "/posts/a-title/"


class Counted:
    """An application that counts its calls and remembers what it was asked."""

    def __init__(self, application):
        self.application, self.asked = application, []

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        return self.application(environ, start_response)


@pytest.fixture
def site(set_up, publish, monkeypatch):
    """site(path, method, **headers) → status, headers, body; site.renders: how many."""
    # However slow this machine is, the stamp alone tells, unless a test says so.
    monkeypatch.setattr(epoch, "LOOK_AGAIN", 3600)
    django = Counted(get_wsgi_application())
    store = PageStore(django, max_bytes=200_000)

    def ask(address=ARTICLE, method="GET", **headers):
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            **headers,
        }
        told = []
        body = store(environ, lambda status, headers: told.extend((status, headers)))
        return int(told[0][:3]), dict(told[1]), b"".join(body)

    ask.store, ask.asked = store, django.asked
    ask.kept = lambda: set(store.clock.epoch.pages)
    with time_machine.travel(NOW, tick=False) as clock:
        publish()
        ask.clock = clock
        yield ask


PUBLIC = ["/", "/posts/", "/posts/?page=1", ARTICLE, "/offices/", "/feed/"]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_is_rendered_once_and_costs_no_query_after_that(
    site, address, django_assert_num_queries
):
    first = site(address)
    with django_assert_num_queries(0):
        assert site(address) == first and first[0] == 200
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "accepted, encoding, decode",
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
        ("", "identity", bytes),
        ("gzip, br, " + "x" * 8000, "identity", bytes),
    ],
)
def test_each_encoding_has_its_own_strong_tag(site, accepted, encoding, decode):
    status, headers, body = site(HTTP_ACCEPT_ENCODING=accepted)
    assert headers["ETag"].endswith(f'-{encoding}"') and headers["ETag"][0] == '"'
    assert headers.get("Content-Encoding", "identity") == encoding
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Content-Length"] == str(len(body))
    assert decode(body) == site()[2]


@pytest.mark.parametrize("accepted", [";q=;;,=,", "br;q=abc", ",,,,", "*", "\xff"])
def test_a_broken_accept_encoding_is_no_error(accepted):
    assert encoding_for(accepted) in ("br", "identity")


def test_what_is_unchanged_is_not_sent_again_and_keeps_its_headers(site):
    _, headers, _ = site()
    tag = headers["ETag"]
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        status, unchanged, body = site(HTTP_IF_NONE_MATCH=asked)
        assert (status, body) == (304, b"")
        for name in set(headers) - {"Content-Type", "Content-Length"}:
            assert unchanged[name] == headers[name]
    assert site(HTTP_IF_NONE_MATCH='"other"')[0] == 200
    assert not matches(tag, tag.strip('"'))


def test_head_has_the_headers_and_no_body(site):
    assert site(method="HEAD") == (*site()[:2], b"")


# Never stale ---------------------------------------------------------------------


def save_firm():
    firm = Firm.objects.get()
    firm.tagline = "Changed"
    firm.save()


def office():
    return Office.objects.first()


CHANGES = {
    "save": save_firm,
    "update": lambda: Firm.objects.update(tagline="Changed"),
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
        "update offices_firm set tagline = 'Changed'"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_by_the_next_reader(site, change):
    before = site("/posts/")
    change()
    assert site("/posts/")[2] != before[2]
    assert len(site.asked) == 2


def test_a_withdrawn_article_is_gone_and_not_confirmed(site):
    tag = site()[1]["ETag"]
    CHANGES["withdraw"]()
    assert site(HTTP_IF_NONE_MATCH=tag)[0] == 404


def test_what_is_rolled_back_moves_nothing(site):
    site()
    generation = Generation.objects.current()
    with pytest.raises(RuntimeError), transaction.atomic():
        save_firm()
        raise RuntimeError
    site()
    assert Generation.objects.current() == generation and len(site.asked) == 1


def test_a_change_is_counted_in_the_transaction_that_makes_it(site):
    """So that a crash between commit and stamp loses nothing."""
    generation = Generation.objects.current()
    with transaction.atomic():
        save_firm()
        assert Generation.objects.current() > generation


def test_two_who_save_at_once_do_not_wait_for_each_other(site):
    def another():
        with transaction.atomic():
            Generation.objects.move()
        connection.close()

    before = Generation.objects.current()
    other = threading.Thread(target=another)
    with transaction.atomic():
        Generation.objects.move()
        # SQLite has one writer at a time, whoever they are.
        if connection.features.has_select_for_update_skip_locked:
            other.start()
            other.join(10)
            assert not other.is_alive() and Generation.objects.count() == 2
    assert Generation.objects.current() == before + Generation.objects.count()


def test_a_lost_stamp_is_made_good_by_the_next_look(site, monkeypatch):
    """Another machine's change, or a crash between commit and stamp: a second."""
    site()
    monkeypatch.setattr(stamp, "map", bytearray(stamp.map[:]))
    monkeypatch.setattr(Stamp, "open", lambda self: None)
    monkeypatch.setattr(Stamp, "move", lambda self: None)
    save_firm()
    assert b"Changed" not in site()[2]
    monkeypatch.setattr(epoch, "LOOK_AGAIN", 0)
    assert b"Changed" in site()[2]


def test_what_was_rendered_while_the_site_changed_is_not_kept(site):
    django = site.store.application.application

    def slow(environ, start_response):
        response = django(environ, start_response)
        Firm.objects.update(tagline="Changed")
        return response

    site.store.application.application = slow
    assert b"Changed" not in site()[2]
    site.store.application.application = django
    assert b"Changed" in site()[2]


def test_every_table_of_the_firm_and_its_articles_counts():
    for label in ("offices.Attorney", "offices.FirmLink", "posts.Edition"):
        assert apps.get_model(label)._meta.db_table in printed_tables()
    assert "posts_edition_topics" in printed_tables()
    own = {
        m._meta.app_label
        for m in apps.get_models()
        if "site-packages" not in str(apps.get_app_config(m._meta.app_label).path)
    }
    # A new app with models is printed, or named here with its reason: the project's
    # own app counts the changes.
    assert own == {"offices", "posts", "lawblog"}


@pytest.mark.parametrize(
    "sql, writes",
    [
        ('INSERT INTO "posts_edition" ("a") VALUES (1)', True),
        ("insert or ignore into posts_edition values (1)", True),
        ('WITH a AS (SELECT 1) DELETE FROM "offices_firm"', True),
        ('UPDATE "django_session" SET a = 1', False),
        ('INSERT INTO "new__posts_edition" SELECT 1', False),
        ("SAVEPOINT a", False),
    ],
)
def test_which_statements_count(sql, writes):
    assert writes_printed_table(sql) is writes


# The clock -------------------------------------------------------------------------


def opens_at_one():
    hours = {"opens": time(13), "closes": time(17)}
    OfficeHours.objects.create(office=office(), weekday=1, **hours)
    return "/offices/", timedelta(hours=1)


def goes_up():
    words = {"title": "Coming", "summary": "A.", "body": "<p>a</p>"}
    other = Post.objects.create(slug="coming", **words)
    publishing.publish(other, by=None, at=NOW + timedelta(minutes=30))
    return "/posts/", timedelta(minutes=30)


def comes_down():
    publishing.withdraw(Post.objects.get(), by=None, at=NOW + timedelta(minutes=7))
    return "/feed/", timedelta(minutes=7)


def review_is_due():
    """At midnight in New York."""
    post = Post.objects.get()
    post.review_by = date(2026, 11, 25)
    publishing.withdraw(post, by=None)
    post.save()
    publishing.publish(post, by=None)
    return ARTICLE, timedelta(hours=12)


@pytest.mark.parametrize("event", [opens_at_one, goes_up, comes_down, review_is_due])
def test_a_page_ends_with_the_moment_at_which_time_changes_it(site, event):
    address, after = event()
    before = site(address)[2]
    site.clock.move_to(NOW + after - timedelta(seconds=1))
    assert site(address)[2] == before and len(site.asked) == 1
    site.clock.move_to(NOW + after)
    assert site(address)[2] != before and len(site.asked) == 2


def test_a_clock_set_back_does_not_serve_the_future(site):
    goes_up()
    site.clock.move_to(NOW + timedelta(hours=1))
    assert b"Coming" in site("/posts/")[2]
    site.clock.move_to(NOW)
    assert b"Coming" not in site("/posts/")[2]


# Who may use it --------------------------------------------------------------------


@pytest.mark.parametrize(
    "address, method, headers",
    [
        (ARTICLE, "GET", {"HTTP_COOKIE": "a=b; sessionid=abc"}),
        (ARTICLE, "GET", {"HTTP_AUTHORIZATION": "Basic abc"}),
        (ARTICLE, "GET", {"HTTP_HOST": "elsewhere.example"}),
        (ARTICLE, "GET", {"HTTP_HOST": "127.0.0.1:8001"}),
        (ARTICLE, "POST", {}),
        (f"{ARTICLE}?page=1", "GET", {}),
        ("/?page=1", "GET", {}),
        ("/posts/?page=01", "GET", {}),
        ("/posts/?page=1&a=b", "GET", {}),
        ("/posts/?page=9999", "GET", {}),
        ("/posts/?a=b", "GET", {}),
        ("/posts/nothing-here/", "GET", {}),
        ("/nothing-here/", "GET", {}),
        ("/healthz", "GET", {}),
        ("/admin/login/", "GET", {}),
        ("/admin/", "GET", {}),
    ],
)
def test_what_is_not_kept_is_answered_anew(site, address, method, headers):
    for _ in range(2):
        site(address, method, **{"CONTENT_LENGTH": "", **headers})
    assert len(site.asked) == 2 and site.kept() == set()


def test_a_host_that_is_not_ours_is_refused(site):
    status, _, body = site(HTTP_HOST="elsewhere.example")
    assert status == 400 and b"elsewhere" not in body


def test_ten_thousand_made_up_queries_leave_the_store_as_it_was(site):
    site("/posts/")
    kept = site.kept()
    site.store.application.application = lambda environ, start: [b""]
    for number in range(10_000):
        site.store(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": "/posts/",
                "QUERY_STRING": f"q={number}",
                "HTTP_HOST": "127.0.0.1:8000",
            },
            None,
        )
    assert site.kept() == kept


UNKEYED = {
    "HTTP_COOKIE": "tracker=1",
    "HTTP_ACCEPT_LANGUAGE": "es-419",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_RANGE": "bytes=0-1",
    "HTTP_IF_MODIFIED_SINCE": "Tue, 01 Jan 2030 00:00:00 GMT",
    "HTTP_USER_AGENT": "evil",
    "HTTP_REFERER": "https://evil.example/",
    "HTTP_HOST": "localhost",
    "REMOTE_ADDR": "192.0.2.1",
    "HTTP_X_HTTP_METHOD_OVERRIDE": "POST",
}


@pytest.mark.parametrize("name", UNKEYED)
def test_no_header_changes_what_the_next_reader_is_shown(site, name):
    site(**{name: UNKEYED[name]})
    with_header = site()
    seen = str(site.asked[0])
    assert name == "HTTP_HOST" or UNKEYED[name] not in seen
    save_firm()
    Firm.objects.update(tagline="")
    assert site() == with_header


def test_on_https_plain_requests_are_sent_there_and_not_kept(site, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site.store.scheme = "https"
    site.store.application.application = get_wsgi_application()
    assert site()[0] == 301 and site.kept() == set()
    assert site(HTTP_X_FORWARDED_PROTO="https")[0] == 200
    assert site(HTTP_X_FORWARDED_PROTO="http")[0] == 301 and len(site.kept()) == 1


def test_the_least_recently_used_page_makes_room(site):
    site.store.max_bytes = 3 * 13_000
    for address in ("/", "/posts/", ARTICLE, "/", "/offices/", "/feed/"):
        site(address)
        assert site.store.clock.epoch.size <= site.store.max_bytes
    sizes = [page.size for page in site.store.clock.epoch.pages.values()]
    assert sum(sizes) == site.store.clock.epoch.size
    assert ("/posts/", "") not in site.kept() and ("/feed/", "") in site.kept()


# Many readers ----------------------------------------------------------------------


class Slow:
    """Renders when told to; raises the first time if asked."""

    streaming = False

    def __init__(self, fails=0):
        self.go, self.renders, self.fails = threading.Event(), 0, fails

    def __call__(self, environ, start_response):
        self.renders += 1
        assert self.go.wait(10)
        if self.renders <= self.fails:
            raise RuntimeError("broken")
        start_response("200 OK", [("Cache-Control", "no-cache")])
        return self

    def __iter__(self):
        return iter([b"fresh"])

    def close(self):
        pass


@pytest.mark.parametrize("fails", [0, 1])
def test_of_many_who_wait_one_renders_and_a_failure_releases_the_others(fails):
    slow = Slow(fails)
    store = PageStore(slow, max_bytes=100_000)
    present = Epoch(1, 0, 0)
    store.clock.now = lambda: present
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/",
        "HTTP_HOST": "127.0.0.1:8000",
    }
    bodies = []

    def read():
        try:
            bodies.append(store(dict(environ), lambda status, headers: None))
        except RuntimeError as error:
            bodies.append(error)

    readers = [threading.Thread(target=read) for _ in range(20)]
    for reader in readers:
        reader.start()
    slow.go.set()
    for reader in readers:
        reader.join(10)
    assert slow.renders == 1 + fails
    assert bodies.count([b"fresh"]) == 20 - fails


# Trouble ---------------------------------------------------------------------------


def test_a_stamp_that_cannot_be_written_costs_a_look_and_is_said_once(
    site, settings, monkeypatch, caplog
):
    monkeypatch.setattr(stamp, "map", None)
    settings.VAR_DIR = "/dev/null"
    site()
    save_firm()
    assert b"Changed" in site()[2]
    site()
    assert len(site.asked) == 2
    assert [
        r.getMessage()[:38] for r in caplog.records if r.name.endswith("stamp")
    ] == ["/dev/null/pages.stamp cannot be writte"]


def test_a_stamp_file_that_was_replaced_is_found_again(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    here, there = Stamp(), Stamp()
    here.open()
    (tmp_path / "pages.stamp").unlink()
    there.move()
    here.open()
    seen = here.read()
    there.move()
    assert here.read() != seen


def test_without_a_database_django_answers(site, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(site.store.clock, "now", away)
    assert site()[0] == 200 and len(site.asked) == 1


def test_a_network_of_caches_is_told_nothing_unless_asked(site, settings):
    headers = site()[1]
    assert headers["Cache-Control"] == "no-cache"
    assert not {"CDN-Cache-Control", "Surrogate-Key"} & set(headers)
    settings.CDN_SECONDS = 5
    save_firm()
    headers = site()[1]
    late = "stale-while-revalidate=5, stale-if-error=5"
    assert headers["Cache-Control"] == f"public, max-age=0, s-maxage=5, {late}"
    assert headers["CDN-Cache-Control"] == f"max-age=5, {late}"
    assert headers["Surrogate-Key"] == "lawblog-pages"


def test_what_is_not_a_kept_page_is_never_for_a_network(site, settings):
    settings.CDN_SECONDS = 5
    for address in ("/nothing-here/", "/search/?q=a", "/admin/login/", "/healthz"):
        headers = site(address)[1]
        assert "s-maxage" not in headers["Cache-Control"]
        assert "CDN-Cache-Control" not in headers
