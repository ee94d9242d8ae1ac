"""The sample articles go by a button, which first says what goes."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from posts import publishing
from posts.models import Edition, Post, Topic

PAGE = "/admin/posts/post/samples/"


@pytest.fixture
def samples(set_up):
    call_command("sample", verbosity=0)
    return Post.objects.filter(is_sample=True)


@pytest.mark.slow
def test_one_press_takes_them_and_nothing_else(attorney_client, samples, publish):
    count = samples.count()
    publish("My own", topics=["Mine"])
    page = attorney_client.get(PAGE).content.decode()
    assert f"{count} articles came with the site" in page and "My own" not in page
    answer = attorney_client.post(PAGE, follow=True)
    assert f"{count} sample articles are gone" in answer.content.decode()
    assert [post.title for post in Post.objects.all()] == ["My own"]
    assert [topic.name for topic in Topic.objects.all()] == ["Mine"]
    assert "There are no sample articles." in attorney_client.get(PAGE).content.decode()


@pytest.mark.slow
def test_looking_takes_nothing(attorney_client, samples):
    count = samples.count()
    attorney_client.get(PAGE)
    assert samples.count() == count


@pytest.mark.slow
def test_a_sample_that_was_approved_is_not_among_them(
    attorney_client, attorney, samples
):

    kept, count = samples.first(), samples.count()
    publishing.publish(kept, by=attorney)
    page = attorney_client.get(PAGE).content.decode()
    assert f"{count - 1} articles came" in page and kept.title not in page
    attorney_client.post(PAGE)
    assert list(Post.objects.all()) == [kept]
    assert Edition.objects.live().get().post == kept


def test_a_sample_that_an_own_article_names_stops_it_with_a_sentence(
    attorney_client, samples, make_post
):
    count = samples.count()
    make_post("My own", superseded_by=samples.first())
    page = attorney_client.post(PAGE, follow=True).content.decode()
    assert "“My own” names a sample" in page and samples.count() == count


@pytest.mark.slow
def test_staff_do_not_get_there(staff_client, samples):
    count = samples.count()
    assert staff_client.get(PAGE).status_code == 403
    assert staff_client.post(PAGE).status_code == 403
    assert samples.count() == count


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
