"""Whole sites, each with a database, pictures and folder of its own."""

import io
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import psycopg2
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings

from lawblog.keeping import backup
from lawblog.keeping.archive import ArchiveWriter, Manifest
from lawblog.keeping.databases import in_place_of_default, sqlite_file
from lawblog.keeping.upgrade import leaves_of
from lawblog.records.watching import unwatched

WAL = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
PICTURE = "pictures/0123-9x9.png"
# Two processes share one cluster: each has databases of its own.
PREFIX = f"keeping_{os.environ.get('PYTEST_XDIST_WORKER', '')}_"


class Sites:
    """sites.filled("a") and sites.empty("b", "postgresql") are contexts: within, the
    default database, the pictures and VAR_DIR are that site's."""

    def __init__(self, folder: Path):
        self.folder, self.here = folder, connection.vendor
        self.real = dict(connection.settings_dict)
        self.names = []
        self.templates = {}

    def kinds(self):
        return {"sqlite", self.here}

    def empty(self, name, vendor=None):
        return self._site(name, vendor or self.here, filled=False)

    def filled(self, name, vendor=None):
        return self._site(name, vendor or self.here, filled=True)

    @contextmanager
    def _site(self, name, vendor, filled):
        var = self.folder / name
        if not var.exists():
            config = self._database(name, vendor, self._template(vendor, filled))
            (var / "static").mkdir(parents=True)
            if filled:
                shutil.copytree(self.folder / f"filled-{vendor}/media", var / "media")
        else:
            config = self._config(name, vendor)
        with self.at(var, config):
            yield SimpleNamespace(var=var, config=config)

    @contextmanager
    def at(self, var, config):
        backups = var / "backups"
        backups.mkdir(parents=True, exist_ok=True)
        # This process has another site's mapped, and looks for it by name.
        (var / "pages.changed").touch()
        folders = {"VAR_DIR": var, "MEDIA_ROOT": var / "media", "BACKUP_DIR": backups}
        with override_settings(**folders), in_place_of_default(config):
            yield

    def _template(self, vendor, filled):
        if vendor not in self.templates:
            self.templates[vendor] = f"template_{vendor}"
            config = self._database(self.templates[vendor], vendor, None)
            folder = self.folder / f"migrated-{vendor}"
            with self.at(folder, config):
                call_command("migrate", verbosity=0, interactive=False)
        if not filled:
            return self.templates[vendor]
        name = f"filled_{vendor}"
        if name not in self.names:
            config = self._database(name, vendor, self.templates[vendor])
            with self.at(self.folder / f"filled-{vendor}", config):
                fill()
        return name

    def _config(self, name, vendor):
        if vendor == "sqlite":
            return sqlite_file(self.folder / f"{name}.sqlite3", WAL)
        return {**self.real, "NAME": f"{PREFIX}{name}"}

    def _database(self, name, vendor, template):
        self.names.append(name)
        config = self._config(name, vendor)
        if vendor == "sqlite":
            if template:
                shutil.copy(self._config(template, vendor)["NAME"], config["NAME"])
        else:
            like = f'TEMPLATE "{PREFIX}{template}"' if template else ""
            self.command(f'CREATE DATABASE "{config["NAME"]}" {like}')
        return config

    def command(self, sql):
        """For what PostgreSQL does outside any transaction."""
        names = {"HOST": "host", "USER": "user", "PASSWORD": "password", "PORT": "port"}
        given = {
            ours: self.real[name] for name, ours in names.items() if self.real[name]
        }
        given |= {k: v for k, v in self.real["OPTIONS"].items() if k == "host"}
        admin = psycopg2.connect(dbname="postgres", **given)
        admin.autocommit = True
        with admin.cursor() as cursor:
            cursor.execute(sql)
            rows = cursor.fetchall() if cursor.description else []
        admin.close()
        return rows

    def setting(self, name):
        return self.command(f"SHOW {name}")[0][0]

    def close(self):
        # A cluster that does not write to the disk is thrown away whole, in no time.
        thrown_away = self.here == "sqlite" or self.setting("fsync") == "off"
        for name in () if thrown_away else self.names:
            self.command(f'DROP DATABASE IF EXISTS "{PREFIX}{name}" WITH (FORCE)')


def environment(site):
    """Variables for a program of its own that works on a site."""
    if "sqlite" in site.config["ENGINE"]:
        url = f"sqlite:///{site.config['NAME']}"
    else:
        base, _, query = os.environ["DATABASE_URL"].partition("?")
        url = f"{base.rpartition('/')[0]}/{site.config['NAME']}?{query}"
    return {**os.environ, "VAR_DIR": str(site.var), "DATABASE_URL": url}


def fill():
    """A small site with some of everything."""
    from datetime import date

    import reversion
    from django.contrib.auth.models import User

    from offices.models import Closure, Office
    from posts.models import Post, Series, Term, Topic
    from posts.publishing import publish

    call_command("setup", stdout=io.StringIO())
    User.objects.create_user("anna", password="correct horse", first_name="Анна 👩🏽‍⚖️")
    topic = Topic.objects.create(name="Asylum", slug="asylum")
    Series.objects.create(name="First steps", slug="first-steps")
    Term.objects.create(
        term="asylum", explanation="A line\r\nand\u2028another \U0001f30d"
    )
    for number, language in enumerate(("en", "es", "en")):
        with reversion.create_revision():
            post = Post.objects.create(
                title=f"Title {number}",
                slug=f"title-{number}",
                summary=f"Summary {number}.",
                language=language,
                body=f"<p>Text {number} “quoted” ñ \u2028.</p>",
                law_as_of=date(2026, 11, 2),
            )
        post.topics.add(topic)
        publish(post, by=None)
    Post.objects.create(title="A draft", slug="a-draft", law_as_of=date(2026, 1, 1))
    Closure.objects.create(
        office=Office.objects.first(),
        first_day=date(2026, 12, 24),
        last_day=date(2026, 12, 26),
    )
    default_storage.save(PICTURE, ContentFile(bytes(range(256)) * 20))


@pytest.fixture(scope="session")
def all_sites(django_db_setup, django_db_blocker, tmp_path_factory):
    # Not in between: what another test forgot to ask the database for would stay in it.
    with django_db_blocker.unblock():
        sites = Sites(tmp_path_factory.mktemp("sites"))
    yield sites
    with django_db_blocker.unblock():
        sites.close()


@pytest.fixture
def sites(all_sites, django_db_blocker, request):
    """Names are the test's own: another test's "a" is another site."""
    with django_db_blocker.unblock():
        yield OfTest(all_sites, abs(hash(request.node.nodeid)) % 10**8)


class OfTest:
    def __init__(self, sites, number):
        self.sites, self.number, self.here = sites, number, sites.here
        self.kinds = sites.kinds()

    def empty(self, name, vendor=None):
        return self.sites.empty(f"{name}{self.number}", vendor)

    def filled(self, name, vendor=None):
        return self.sites.filled(f"{name}{self.number}", vendor)


@pytest.fixture
def older_archive(tmp_path):
    """(a backup from before the newest migration of posts, that migration): with one
    topic, "old"."""
    path = tmp_path / "old.zip"
    old = in_place_of_default(sqlite_file(tmp_path / "old.sqlite3"))
    # Models and tables need not fit each other, as while a site is migrated.
    with old, unwatched():
        executor = MigrationExecutor(connection)
        graph = executor.loader.graph
        (newest,) = graph.leaf_nodes("posts")
        then = leaves_of(
            set(graph.nodes) - set(graph.backwards_plan(newest)), executor.loader
        )
        executor.migrate(then)
        state = executor.loader.project_state(then)
        state.apps.get_model("posts", "Topic").objects.create(name="Old", slug="old")
        with path.open("wb") as file:
            writer = ArchiveWriter(file)
            backup.write_rows(writer, state.apps)
            writer.finish(
                Manifest("then", "a", "sqlite", backup.applied(), parts=writer.parts)
            )
    return path, newest
