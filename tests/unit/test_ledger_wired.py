"""What the writers of articles, topics and offices tell the record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lawblog.models import Entry
from lawblog.records.verify import verify
from posts import publishing
from posts.models import Edition, Topic
from posts.publishing.merging import merge


def kinds():
    told = Entry.objects.filter(subject="posts.edition")
    return list(told.values_list("kind", flat=True))


@pytest.fixture
def post(make_post, attorney):
    return make_post("Bond hearings", topics=["Bonds"])


def test_an_articles_life_is_told_line_by_line(post, attorney):
    later = timezone.now() + timedelta(days=1)
    publishing.publish(post, by=attorney, reason="Read.")
    publishing.publish(post, by=attorney, at=later, reason="Read.")
    publishing.cancel(post, by=attorney)
    publishing.withdraw(post, by=attorney)
    assert kinds() == [
        "publish",
        "end",
        "schedule",
        "cancel",
        "reopen",
        "withdraw",
    ]
    assert list(verify()) == []


def test_merging_topics_tells_where_each_edition_is_filed(post, attorney):
    publishing.publish(post, by=attorney, reason="Read.")
    into = Topic.objects.create(name="Detention", slug="detention")
    merge(Topic.objects.get(name="Bonds"), into=into)
    assert kinds() == ["publish", "topics"]
    assert list(verify()) == []
    Edition.objects.get().topics.clear()
    (finding,) = verify()
    assert finding.sentence.endswith("says: topics.")


def test_what_setup_leaves_is_on_record(set_up):
    assert list(verify()) == []
    told = set(Entry.objects.values_list("subject", flat=True))
    assert {"offices.firm", "offices.office", "offices.page", "auth.user"} <= told
