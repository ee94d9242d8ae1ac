"""Which writes count as a change."""

import pytest
from django.apps import apps

from lawblog.pagecache.version import printed_tables, writes_printed_table

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
