"""Each change of what is on record is a line, whichever way it is made."""

import json

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models.query import QuerySet
from django.urls import reverse
from helpers.recorded import sql

from lawblog.models import Entry
from lawblog.records import subjects, watching, without_guards
from lawblog.records.acting import acting_as
from lawblog.records.verify import verify
from offices.models import Closure, Firm, FirmLink, Office, OfficeHours
from posts.models import Topic


@pytest.fixture(autouse=True)
def on_record(db, registry):
    for model in (Firm, FirmLink, Topic, Office, OfficeHours, Closure):
        subjects.on_record(model)


@pytest.fixture
def topic(db):
    return Topic.objects.create(name="Asylum", slug="asylum")


def lines(subject="posts.topic"):
    return [json.loads(e.line) for e in Entry.objects.filter(subject=subject)]


def last(subject="posts.topic"):
    return lines(subject)[-1]


def save(topic):
    topic.name = "Other"
    topic.save()


def update(topic):
    Topic.objects.update(name="Other")


def update_unseen(topic):
    Topic._base_manager.filter(pk=topic.pk).update(name="Other")


def bulk_update(topic):
    topic.name = "Other"
    Topic.objects.bulk_update([topic], ["name"])


def upsert(topic):
    topic.name = "Other"
    Topic.objects.bulk_create(
        [topic], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
    )


def plain_sql(topic):
    sql("UPDATE posts_topic SET name = 'Other'")


def quoted_sql(topic):
    schema = "public" if connection.vendor == "postgresql" else "main"
    sql(f'update  "{schema}"."posts_topic" SET name = \'Other\'')  # noqa: S608


def common_table(topic):
    sql("WITH n AS (SELECT 'Other') UPDATE posts_topic SET name = (SELECT * FROM n)")


@pytest.mark.parametrize(
    "way",
    [
        save,
        update,
        update_unseen,
        bulk_update,
        upsert,
        plain_sql,
        quoted_sql,
        common_table,
    ],
)
def test_a_change_is_a_line_with_the_new_values_whole(topic, way):
    with acting_as(lambda: "Sam"):
        way(topic)
    (added, changed) = lines()
    assert (added["kind"], changed["kind"]) == ("added", "changed")
    assert changed["facts"] == {
        "name": "Other",
        "slug": "asylum",
        "is_sample": False,
        "in_other_languages": {},
        "description": "",
        "is_public": False,
    }
    assert changed["what"] == ["name"] and changed["by"] == {"id": None, "name": "Sam"}
    assert list(verify()) == []


@pytest.mark.parametrize(
    "way",
    [
        lambda topic: topic.delete(),
        lambda topic: Topic.objects.all().delete(),
        lambda topic: QuerySet(Topic)._raw_delete("default"),
        lambda topic: sql("DELETE FROM posts_topic"),
    ],
)
def test_what_is_deleted_has_a_line(topic, way):
    way(topic)
    assert (last()["kind"], last()["id"]) == ("removed", lines()[0]["id"])
    assert list(verify()) == []


def test_many_rows_at_once_each_have_a_line(db):
    rows = [Topic(name=f"Topic {n}", slug=f"topic-{n}") for n in range(3)]
    Topic.objects.bulk_create(rows)
    assert [line["facts"]["slug"] for line in lines()] == [row.slug for row in rows]


def test_what_changes_nothing_has_no_line(topic):
    topic.save()
    Topic.objects.update(name="Asylum")
    assert len(lines()) == 1


def test_a_change_that_is_rolled_back_has_no_line(topic):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        save(topic)
        raise ZeroDivisionError
    assert len(lines()) == 1


def test_a_text_in_another_language_is_a_change(topic):
    topic.in_other_languages = {"es": {"name": "Asilo"}}
    topic.save()
    assert last()["facts"]["in_other_languages"] == {"es": {"name": "Asilo"}}
    assert last()["what"] == ["in_other_languages"]


def test_an_office_its_hours_and_closures_are_each_told(set_up):
    office = Office.objects.get(slug="fort-lee")
    office.hours.create(weekday=0, opens="09:00", closes="17:30")
    office.own_closures.create(
        first_day="2026-12-24", last_day="2026-12-25", reason="holiday"
    )
    assert last("offices.officehours")["facts"] == {
        "office_id": office.pk,
        "weekday": 0,
        "opens": "09:00:00",
        "closes": "17:30:00",
        "by_appointment": False,
    }
    assert last("offices.closure")["facts"]["first_day"] == "2026-12-24"
    told = last("offices.office")["facts"]
    assert told["name"] in ("Fort Lee", "New York") and "updated_at" not in told
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", [save, update, plain_sql])
def test_outside_a_transaction_change_and_line_are_one(way, monkeypatch):
    topic = Topic.objects.create(name="Asylum", slug="asylum")
    assert len(lines()) == 1

    def broken(draft, using):
        raise ZeroDivisionError

    monkeypatch.setattr(watching, "write", broken)
    with pytest.raises(ZeroDivisionError):
        way(topic)
    topic.refresh_from_db()
    assert topic.name == "Asylum"


def test_a_change_past_django_is_found_by_the_check(topic):
    with watching.unwatched():
        update(topic)
    (finding,) = verify()
    assert finding.sentence == f"posts.topic {topic.pk} is not what entry 1 says: name."


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda: Topic.objects.create(name="New", slug="new"), "has no entry"),
        (lambda: Topic.objects.all().delete(), "is gone, and entry 1 tells of it"),
    ],
)
def test_rows_that_came_or_went_past_django_are_found(topic, change, words):
    with watching.unwatched():
        change()
    (finding,) = verify()
    assert words in finding.sentence


@pytest.mark.slow
def test_a_migration_that_changes_rows_has_them_told(topic):
    without_guards.before_migration(None, "default", plan=[("one", False)])
    Topic.objects.update(name="Other")
    assert len(lines()) == 1
    without_guards.after_migration(None, "default", plan=[("one", False)])
    assert last()["kind"] == "taken over" and last()["facts"]["name"] == "Other"
    assert list(verify()) == []


def test_who_does_it_at_the_desk_is_named(staff_client, staff, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "lawblog.records.acting.middleware"]
    User.objects.update(first_name="Sam", last_name="Staff")
    form = {"name": "Bonds", "slug": "bonds"}
    staff_client.post(reverse("admin:posts_topic_add"), form)
    assert last()["by"] == {"id": staff.pk, "name": "Sam Staff"}
