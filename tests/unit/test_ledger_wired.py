"""What the writers of articles, topics and offices tell the record."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from helpers.recorded import unguarded

from lawblog.models import Entry
from lawblog.records.verify import verify
from posts import publishing
from posts.models import Edition, Post, Topic
from posts.publishing.merging import merge


def kinds():
    told = Entry.objects.filter(subject="posts.edition")
    return list(told.values_list("kind", flat=True))


@pytest.fixture
def post(make_post, attorney):
    return make_post("Bond hearings", topics=["Bonds"])


@pytest.mark.slow
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


@pytest.mark.slow
def test_merging_topics_tells_where_each_edition_is_filed(post, attorney):
    publishing.publish(post, by=attorney, reason="Read.")
    into = Topic.objects.create(name="Detention", slug="detention", is_public=True)
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


def test_what_an_attorney_approves_is_no_sample_whatever_it_began_as(post, attorney):
    Post.objects.update(is_sample=True)
    edition = publishing.publish(post, by=attorney, reason="Read.")
    assert not edition.is_sample
    call_command("sample", "--remove", stdout=StringIO())
    assert Edition.objects.live().exists() and list(verify()) == []


@pytest.mark.slow
def test_an_approved_edition_that_is_marked_as_a_sample_is_found(post, attorney):
    edition = publishing.publish(post, by=attorney, reason="Read.")
    unguarded("UPDATE posts_edition SET is_sample = NOT is_sample")
    (finding,) = (found for found in verify() if not found.remark)
    assert finding.sentence.startswith(
        f"posts.edition {edition.pk} is marked as a sample"
    )


def test_a_sample_that_an_article_names_is_not_removed(post, attorney):
    sample = Post.objects.create(title="S", slug="s", is_sample=True)
    Post.objects.filter(pk=post.pk).update(superseded_by=sample)
    with pytest.raises(CommandError, match="names a sample"):
        call_command("sample", "--remove", stdout=StringIO())


def test_nobody_without_a_full_name_withdraws(post, attorney):
    publishing.publish(post, by=attorney, reason="Read.")
    attorney.first_name = attorney.last_name = ""
    attorney.save()
    with pytest.raises(ValidationError, match="no full name"):
        publishing.withdraw(post, by=attorney)
    assert Edition.objects.live().exists()
