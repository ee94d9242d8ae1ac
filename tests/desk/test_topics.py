"""Topics are merged and lead on; many articles are changed at once."""

from datetime import date

import pytest
from helpers.desk import LIST, page
from helpers.form_opened import seen

from lawblog.models import FormerAddress
from offices.models import Firm
from posts import publishing
from posts.models import Edition, Post, Topic

pytestmark = pytest.mark.usefixtures("set_up", "clock")


@pytest.fixture
def two_topics(publish, make_post):
    publish("Both", topics=["Asylum", "Refugees"])
    publish("One", topics=["Asylum"])
    return [Topic.objects.get(name=name) for name in ("Asylum", "Refugees")]


@pytest.mark.slow
def test_a_merged_topics_articles_and_address_move(attorney_client, two_topics):
    old, kept = two_topics
    pressed = {"into": kept.pk, **seen(old)}
    attorney_client.post(f"/admin/posts/topic/{old.pk}/merge/", pressed)
    for edition in Edition.objects.all():
        assert "Asylum" in edition.topic_names
        assert publishing.digest_of(edition) == edition.digest
    listed = page(attorney_client, "/posts/topics/refugees/")
    assert "Both" in listed and "One" in listed
    assert [post.state() for post in Post.objects.all()] == ["Live", "Live"]
    for was, now in (
        ("/posts/topics/asylum/", "/posts/topics/refugees/"),
        ("/feed/asylum/", "/feed/refugees/"),
        ("/feed/asylum/rss/", "/feed/refugees/rss/"),
    ):
        answer = attorney_client.get(was)
        assert answer.status_code == 301 and answer.url.endswith(now)


@pytest.mark.slow
def test_topics_merged_twice_still_lead_on(client, two_topics, publish):
    from posts.publishing.merging import merge

    old, kept = two_topics
    publish("Third", topics=["Humanitarian"])
    last = Topic.objects.get(name="Humanitarian")
    merge(old, into=kept)
    merge(kept, into=last)
    assert client.get("/posts/topics/asylum/").url == "/posts/topics/humanitarian/"
    assert FormerAddress.objects.count() == 2
    for edition in list(Edition.objects.live()):
        publishing.withdraw(edition.post, by=None)
    assert client.get("/posts/topics/asylum/").status_code == 404


@pytest.mark.slow
def test_a_topic_is_not_merged_into_nothing_or_itself(attorney_client, two_topics):
    old, _ = two_topics
    for into in ("", old.pk, 999_999):
        pressed = {"into": into, **seen(old)}
        attorney_client.post(f"/admin/posts/topic/{old.pk}/merge/", pressed)
    assert Topic.objects.count() == 2


def test_staff_do_not_merge_topics(staff_client, two_topics):
    old, kept = two_topics
    answer = staff_client.post(f"/admin/posts/topic/{old.pk}/merge/", {"into": kept.pk})
    assert answer.status_code == 403 and Topic.objects.count() == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "action, field, changed",
    [
        ("add_topic", "topic", lambda post, value: value in post.topics.all()),
        ("remove_topic", "topic", lambda post, value: value not in post.topics.all()),
        ("set_author", "author", lambda post, value: post.author == value),
        (
            "set_review_by",
            "review_by",
            lambda post, _: str(post.review_by)[:4] == "2027",
        ),
    ],
)
def test_many_articles_are_changed_after_a_plain_confirmation(
    staff_client, finished_firm, publish, make_post, action, field, changed
):
    posts = [publish("One").post, make_post("Two")]
    topic = Topic.objects.create(name="Asylum", slug="asylum")
    values = {
        "topic": topic,
        "author": Firm.objects.the_firm().responsible_attorney,
        "review_by": date(2027, 1, 4),
    }
    if action == "remove_topic":
        for post in posts:
            post.topics.add(topic)
    value = values[field]
    sent = {"action": action, "_selected_action": [post.pk for post in posts]}
    asked = staff_client.post(LIST, sent).content.decode()
    assert "This changes 2 articles at the desk" in asked
    sent |= {"confirmed": "1", field: getattr(value, "pk", value)}
    answer = staff_client.post(LIST, sent, follow=True).content.decode()
    assert "2 articles changed." in answer
    assert all(changed(post, value) for post in Post.objects.all())
    edition = Edition.objects.get()
    assert (edition.author, edition.review_by, edition.topics.count()) == (
        None,
        None,
        0,
    )
