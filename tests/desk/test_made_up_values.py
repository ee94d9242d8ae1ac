"""What a browser never sends gets a sentence, and no log holds it."""

import logging

import pytest

ADD = "/admin/posts/post/add/"
LONG = "9" * 40


@pytest.mark.parametrize(
    "field, value",
    [
        *(("superseded_by", value) for value in ("abc", LONG, "1.5", "\x7f")),
        *(("topics", value) for value in ("abc", LONG)),
        *(("translation_of", value) for value in ("abc", LONG)),
        *(("series", value) for value in ("abc", LONG)),
        *(("author", value) for value in ("abc", LONG)),
        *(("published_on", value) for value in ("abc", "99999-01-01", "0001-01-01")),
        ("part", LONG),
    ],
)
def test_a_made_up_value_of_an_articles_form_is_refused(
    attorney_client, post_form, field, value
):
    answer = attorney_client.post(ADD, post_form(**{field: value}))
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert answer.context["errors"]


@pytest.mark.parametrize("token", ["abc", "0001-01-01", "0001-01-01 00:00", LONG])
def test_a_made_up_version_of_an_article_is_refused(
    attorney_client, make_post, post_form, token
):
    post = make_post()
    form = post_form(post, version_token=token)
    answer = attorney_client.post(f"/admin/posts/post/{post.pk}/change/", form)
    assert answer.status_code == 200 and answer.context["errors"]


def test_no_log_holds_what_was_typed(attorney_client, post_form, caplog):
    with caplog.at_level(logging.DEBUG, logger="lawblog"):
        attorney_client.post(ADD, post_form(superseded_by="a secret of mine"))
        attorney_client.get("/admin/posts/post/?author__id__exact=a+secret+of+mine")
    assert "secret" not in caplog.text


@pytest.mark.parametrize("lookup", ["title__regex=(", "slug__iregex=(a%2B)%2B$"])
def test_no_list_is_narrowed_by_a_pattern(attorney_client, lookup):
    answer = attorney_client.get(f"/admin/posts/post/?{lookup}")
    assert answer.status_code == 400
    assert "No list is narrowed by a pattern." in answer.content.decode()
