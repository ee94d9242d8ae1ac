"""The law of one article at the desk, and where the article is used."""

from datetime import timedelta

import pytest
from django.utils import timezone

from posts.law import articles_by_law
from posts.models import AuthorityChoice, AuthorityCount, Edition, Term


def titles(key):
    return [edition.title for edition in articles_by_law.resting_on(key)]


@pytest.mark.slow
def test_the_attorney_adds_and_strikes_and_readers_see_it_at_once(
    attorney_client, publish, client
):
    post = publish(body="<p>Form I-90 and I-485.</p>").post
    here = f"/admin/posts/post/{post.pk}/law/"
    attorney_client.post(here, {"strike": "", "key": "form.I-90"})
    attorney_client.post(here, {"add": "", "key": "ina § 287 (g)"})
    page = client.get("/posts/a-title/").content.decode()
    assert "/law/usc.8.1357.g/" in page and "/law/form.I-90/" not in page
    assert titles("usc.8.1357") == ["A title"] and titles("form.I-90") == []
    numbers = dict(AuthorityCount.objects.values_list("key", "count"))
    assert (numbers["usc.8.1357.g"], numbers["form.I-90"]) == (1, 0)
    attorney_client.post(here, {"forget": "", "key": "form.I-90"})
    assert titles("form.I-90") == ["A title"]
    # A case by its name is the case in the reporter.
    attorney_client.post(here, {"add": "", "key": "Matter of Dhanasar"})
    assert titles("ia.26.884") == ["A title"]
    attorney_client.post(here, {"strike": "", "key": "matter.dhanasar"})
    assert titles("ia.26.884") == []
    keys = set(AuthorityChoice.objects.values_list("key", flat=True))
    assert keys == {"ia.26.884", "usc.8.1357.g"}


@pytest.mark.slow
def test_what_is_no_law_gets_a_sentence(attorney_client, publish):
    post = publish().post
    for body in ({"add": "", "key": "INA 999"}, {"strike": "", "key": "x"}, {}):
        page = attorney_client.post(f"/admin/posts/post/{post.pk}/law/", body)
        assert "is no authority that we know" in page.content.decode()
    assert not AuthorityChoice.objects.exists()


def test_staff_look_and_change_nothing(staff_client, publish):
    post = publish(body="<p>Form I-90.</p>").post
    here = f"/admin/posts/post/{post.pk}/law/"
    page = staff_client.get(here).content.decode()
    assert "form I-90" in page and "Strike" not in page
    body = {"strike": "", "key": "form.I-90"}
    assert staff_client.post(here, body).status_code == 403
    assert titles("form.I-90") == ["A title"]


@pytest.mark.slow
def test_who_links_here_is_told_before_withdrawing_and_moving(
    attorney_client, publish, make_post
):
    post = publish("Target").post
    link = '<p><a href="/posts/target/">See</a></p>'
    publish("Linking", body=link)
    publish("Coming", body=link, at=timezone.now() + timedelta(days=1))
    publish("Old", superseded_by=post)
    publish("Hoja", language="es", translation_of=post)
    make_post("Draft", body=link)
    Term.objects.create(term="bond", explanation="Money.", article=post, is_public=True)
    post.slug = "moved"
    post.save()
    for page in ("withdraw", "publish", "change"):
        shown = attorney_client.get(f"/admin/posts/post/{post.pk}/{page}/")
        text = shown.content.decode()
        for words in (
            ">Linking</a> links here",
            ">Coming</a> links here",
            ">Old</a> names",
            ">Hoja</a> translates",
        ):
            assert words in text, page
        assert (
            ">bond</a> leads here" in text and "Draft" not in text.partition("used")[2]
        )
    assert Edition.objects.live().filter(slug="target").exists()
