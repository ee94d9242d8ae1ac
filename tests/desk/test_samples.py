"""The sample articles go by a button, which first says what goes."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from posts import publishing
from posts.models import Edition, Post, Topic

PAGE = "/admin/posts/post/samples/"


def press(client):
    """The button of the page as it is now."""
    shown = client.get(PAGE).context["shown"]
    return client.post(PAGE, {"shown": shown}, follow=True).content.decode()


@pytest.fixture
def samples(set_up):
    call_command("sample", verbosity=0)
    return Post.objects.filter(is_sample=True)


@pytest.mark.slow
def test_one_press_takes_them_and_nothing_else(attorney_client, samples, publish):
    count = samples.count()
    own = publish("My own", topics=["Mine"]).post
    page = attorney_client.get(PAGE).content.decode()
    assert f"{count} articles came with the site" in page and "My own" not in page
    # A sample that an own article names stops it.
    Post.objects.filter(pk=own.pk).update(superseded_by=samples.first())
    page = press(attorney_client)
    assert "“My own” names a sample" in page and samples.count() == count
    Post.objects.filter(pk=own.pk).update(superseded_by=None)
    assert f"{count} sample articles are gone" in press(attorney_client)
    assert [post.title for post in Post.objects.all()] == ["My own"]
    assert [topic.name for topic in Topic.objects.all()] == ["Mine"]
    assert "There are no sample articles." in attorney_client.get(PAGE).content.decode()


@pytest.mark.slow
def test_a_sample_that_was_approved_is_not_among_them(
    attorney_client, attorney, samples
):

    kept, count = samples.first(), samples.count()
    publishing.publish(kept, by=attorney)
    page = attorney_client.get(PAGE).content.decode()
    assert f"{count - 1} articles came" in page and kept.title not in page
    press(attorney_client)
    assert list(Post.objects.all()) == [kept]
    assert Edition.objects.live().get().post == kept


def test_staff_do_not_get_there(staff_client, make_post):
    make_post(is_sample=True)
    assert staff_client.get(PAGE).status_code == 403
    assert staff_client.post(PAGE).status_code == 403
    assert Post.objects.filter(is_sample=True).exists()


def test_nothing_is_approved_that_would_hold_a_sample_for_good(attorney, make_post):
    original = make_post("A sample", is_sample=True)
    refused = "“A sample” is a sample article"
    for name, fields in (
        ("newer", {"superseded_by": original}),
        ("original", {"translation_of": original, "language": "es"}),
    ):
        own = make_post(f"My own, {name}", **fields)
        with pytest.raises(ValidationError, match=refused):
            publishing.publish(own, by=attorney)
    publishing.publish(original, by=attorney)
    assert publishing.publish(own, by=attorney).translates.post == original
