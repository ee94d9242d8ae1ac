"""A translation and its original: each names the other, and says which is newer."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from helpers.clock import NOON
from helpers.desk import page

from posts import publishing
from posts.models import Edition, Post


@pytest.fixture
def pair(publish):
    """An English article and its translation, both live since the same moment."""
    with time_machine.travel(NOON - timedelta(days=10), tick=False):
        original = publish("Hello").post
        translation = publish("Hola", language="es", translation_of=original).post
    return original, translation


def links(client, address):
    found = (
        r'<link rel="alternate" hreflang="([^"]+)" href="http://127.0.0.1:8000([^"]+)"'
    )
    return dict(re.findall(found, page(client, address)))


@pytest.mark.slow
def test_a_pair_names_each_other_and_itself(client, pair):
    both = {
        "en": "/posts/hello/",
        "es": "/es/posts/hola/",
        "x-default": "/posts/hello/",
    }
    assert links(client, "/posts/hello/") == links(client, "/es/posts/hola/") == both
    assert 'href="/es/posts/hola/" lang="es"' in page(client, "/posts/hello/")


@pytest.mark.parametrize("address", ["/", "/offices/", "/offices/fort-lee/", "/posts/"])
def test_every_other_page_has_its_twin(client, set_up, address):
    both = {"en": address, "es": f"/es{address}", "x-default": address}
    assert links(client, address) == links(client, f"/es{address}") == both


def test_what_is_not_there_has_no_twin(client, set_up):
    for address in ("/nothing/", "/posts/nothing/", "/es/law/form.I-130/"):
        answer = client.get(address)
        assert answer.status_code == 404 and b"hreflang=" in answer.content
        assert b'rel="alternate" hreflang=' not in answer.content, address


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/posts/topics/asylum/", "/posts/2026/"])
def test_a_list_that_is_empty_in_spanish_has_no_twin(client, publish, address):
    publish("Hello", topics=["Asylum"], published_on="2026-01-05")
    assert links(client, address) == {}
    assert f'href="/es{address}"' not in page(client, address)
    publish("Hola", language="es", topics=["Asylum"], published_on="2026-01-05")
    assert links(client, address)["es"] == f"/es{address}"


@pytest.mark.slow
@pytest.mark.parametrize("which", [0, 1])
def test_a_withdrawn_half_is_named_nowhere(client, pair, which):
    publishing.withdraw(pair[which], by=None)
    rest = ["/es/posts/hola/", "/posts/hello/"][which]
    gone = ["/posts/hello/", "/es/posts/hola/"][which]
    assert links(client, rest) == {}
    assert gone not in page(client, rest)
    assert client.get(gone).status_code == 404


def test_a_translation_knows_which_edition_it_translates(pair):
    original, translation = (post.editions.get() for post in pair)
    assert translation.translates == original and original.translates is None


@pytest.mark.slow
def test_readers_and_the_desk_are_told_that_a_translation_fell_behind(
    client, attorney_client, pair
):
    original, translation = pair
    notice = "Esta es una traducción. El original se modificó el"
    Post.objects.filter(pk=original.pk).update(body="<p>New law.</p>")
    with time_machine.travel(NOON, tick=False):
        publishing.publish(original, by=None)
        shown = page(client, "/es/posts/hola/")
        assert notice in shown and "24 de noviembre de 2026" in shown
        assert 'href="/posts/hello/"' in shown
        assert "Translations that fell behind" in page(attorney_client, "/admin/")
        # A corrected typing error in the translation makes it no newer.
        publishing.publish(translation, by=None, follows=False)
        assert notice in page(client, "/es/posts/hola/")
        publishing.publish(translation, by=None)
        assert notice not in page(client, "/es/posts/hola/")
        assert "fell behind" not in page(attorney_client, "/admin/")


@pytest.mark.slow
def test_a_corrected_typing_error_leaves_no_translation_behind(client, pair):
    publishing.publish(pair[0], by=None, substantive=False)
    assert not Edition.objects.live().behind().exists()
    assert "Esta es una traducción" not in page(client, "/es/posts/hola/")


@pytest.mark.slow
def test_the_attorney_says_whether_a_translation_follows(attorney_client, pair):
    original, translation = pair
    address = reverse("admin:posts_post_publish", args=[translation.pk])
    assert "checked" in str(attorney_client.get(address).context["form"]["follows"])
    publishing.publish(original, by=None)
    form = attorney_client.get(address).context["form"]
    assert "checked" not in str(form["follows"])
    other = reverse("admin:posts_post_publish", args=[original.pk])
    assert "follows" not in attorney_client.get(other).context["form"].fields


@pytest.mark.slow
def test_a_translation_is_begun_with_the_originals_words(staff_client, pair, publish):
    original = publish("Alone", topics=["Asylum"]).post
    change = reverse("admin:posts_post_change", args=[original.pk])
    link = f"/admin/posts/post/add/?translation_of={original.pk}&amp;language=es"
    assert link in page(staff_client, change)
    form = staff_client.get(link.replace("&amp;", "&")).context["adminform"].form
    assert form.initial["body"] == original.body and form.initial["language"] == "es"
    # One that has all its translations offers none.
    assert "Translate:" not in page(
        staff_client, reverse("admin:posts_post_change", args=[pair[0].pk])
    )


@pytest.mark.parametrize("query", ["translation_of=x", "translation_of=99999999999999"])
def test_a_made_up_original_is_passed_over(staff_client, query):
    answer = staff_client.get(f"/admin/posts/post/add/?{query}&language=es")
    assert answer.status_code == 200
    assert "body" not in answer.context["adminform"].form.initial


@pytest.mark.parametrize(
    "fields, problem",
    [
        ({"language": "en"}, "same language"),
        ({"language": "es", "of": "Hola"}, "is a translation itself"),
        ({"language": "es"}, "has a translation into this language already"),
    ],
)
def test_impossible_pairs_are_refused(pair, make_post, fields, problem):
    of = Post.objects.get(title=fields.get("of", "Hello"))
    with pytest.raises(ValidationError, match=problem):
        post = make_post("Third")
        post.language, post.translation_of = fields["language"], of
        post.full_clean()


def test_an_original_does_not_become_a_translation(pair, make_post):
    original = pair[0]
    original.translation_of = make_post("Otro", language="es")
    with pytest.raises(ValidationError, match="so that it is an original"):
        original.full_clean()


def test_an_original_does_not_take_the_language_of_its_translation(pair):
    original = pair[0]
    original.language = "es"
    with pytest.raises(ValidationError, match="“Hola” translates it into this"):
        original.full_clean()


def test_the_words_of_old_editions_keep_their_fingerprint(publish):
    """Fields that came later count only where they say something."""
    edition = publish()
    assert publishing.digest_of(edition) == edition.digest
    words = edition.copied_words()
    del words["translation_of_id"], words["superseded_by_id"]
    words |= {"superseded_by_id": None, "translation_of_id": None}
    rest = (edition.published_on, edition.author_name, edition.topic_names)
    assert publishing.digest(words, *rest) == edition.digest


@pytest.mark.slow
def test_an_article_has_one_version_in_a_language(pair, publish, make_post, clock):
    original, first = pair
    second = make_post("Buenas", language="es")

    def taken():
        with pytest.raises(ValidationError) as refused:
            publish(second)
        (sentence,) = refused.value.messages
        return sentence

    # The desk takes the first draft away from the original; readers go on having it.
    Post.objects.filter(pk=first.pk).update(translation_of=None)
    Post.objects.filter(pk=second.pk).update(translation_of=original)
    assert "“Hola” is on the site, or will be, as the Spanish version" in taken()
    # Of the original itself in that language, too.
    Post.objects.filter(pk=original.pk).update(language="es")
    with pytest.raises(ValidationError, match="“Hola” is on the site"):
        publish(original)
    Post.objects.filter(pk=original.pk).update(language="en")
    # One that is to come counts; one that ends before does not.
    publishing.withdraw(first, by=None, at=timezone.now() + timedelta(days=2))
    assert "“Hola”" in taken()
    edition = publish(second, at=timezone.now() + timedelta(days=3))
    with pytest.raises(ValidationError, match="“Buenas” is to follow when this ends"):
        publishing.cancel(first, by=None)
    publishing.cancel(second, by=None)
    publishing.cancel(first, by=None)
    assert edition.live_from > timezone.now() and "“Hola”" in taken()
    publish(first)
    assert publish(second).translation_of_id == original.pk
    # The original's own language counts.
    fourth = make_post("Cuarto", language="en", translation_of=second)
    Post.objects.filter(pk=fourth.pk).update(language="es")
    with pytest.raises(ValidationError, match="“Buenas” is on the site.* Spanish"):
        publish(fourth)
    # An original of what readers have is no translation itself.
    third = make_post("Tercero", language="es")
    Post.objects.filter(pk=original.pk).update(translation_of=third)
    with pytest.raises(ValidationError, match="“Buenas” is on the site.* an original"):
        publish(original)


def test_a_translation_of_a_translation_is_not_published(pair, publish, make_post):
    """The form refuses it; two who save at one moment can still make one."""
    third = make_post("Third", language="en", translation_of=pair[1])
    with pytest.raises(ValidationError, match="“Hola” is a translation itself"):
        publish(third)


@pytest.mark.slow
def test_of_two_versions_the_second_hears_why_before_approval(
    attorney_client, pair, make_post
):
    original, first = pair
    Post.objects.filter(pk=first.pk).update(translation_of=None)
    second = make_post("Buenas", language="es", translation_of=original)
    said = page(attorney_client, f"/admin/posts/post/{second.pk}/publish/")
    assert "This must be fixed first" in said
    assert "“Hola” is on the site, or will be, as the Spanish version" in said
