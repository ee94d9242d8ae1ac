"""Which writes count as a change."""

import pytest
from django.apps import apps
from django.db import connection

from lawblog.models import SiteVersion
from lawblog.pagecache.version import printed_tables, writes_printed_table
from offices.models import Firm, FirmLink

pytestmark = pytest.mark.django_db(transaction=True)


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
    # own app counts the changes, keeping notes when its jobs last ran, and notices
    # what is to be mailed.
    assert own == {"offices", "posts", "lawblog", "keeping", "notices"}


@pytest.mark.parametrize(
    "sql, writes",
    [
        ('INSERT INTO "posts_edition" ("a") VALUES (1)', True),
        ("insert or ignore into posts_edition values (1)", True),
        ('WITH a AS (SELECT 1) DELETE FROM "offices_firm"', True),
        # However it is written: comments for spaces, any capitals, any quotes.
        ("UPDATE/**/posts_edition SET a = 1", True),
        ("DELETE FROM -- all\n Posts_Edition", True),
        ('UPDATE"posts_edition"SET a = 1', True),
        ("UPDATE [posts_edition] SET a = 1", True),
        ("UPDATE public . `posts_edition` SET a = 1", True),
        ("UPDATE ONLY (posts_edition) SET a = 1", True),
        ("SELECT 1; UPDATE posts_edition SET a = 1", True),
        ("COPY posts_edition FROM STDIN", True),
        ("SELECT posts_edition.updated_at FROM posts_edition FOR UPDATE", False),
        ('UPDATE "django_session" SET a = 1', False),
        ('INSERT INTO "new__posts_edition" SELECT 1', False),
        ("SAVEPOINT a", False),
    ],
)
def test_which_statements_count(sql, writes):
    assert writes_printed_table(sql) is writes


@pytest.mark.parametrize(
    "write",
    [
        lambda: Firm.objects.update(name="Other"),
        lambda: FirmLink.objects.all().delete(),
        lambda: plain_sql("DELETE FROM offices_firmlink"),
        lambda: FirmLink.objects.create(firm_id=1, label="B", url="https://b.example"),
    ],
    ids=["update", "delete", "delete in plain SQL", "insert"],
)
def test_each_kind_of_write_moves_the_version(write):
    Firm.objects.create()
    FirmLink.objects.create(firm_id=1, label="A", url="https://a.example")
    before = SiteVersion.objects.current()
    write()
    assert SiteVersion.objects.current() > before


def plain_sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
