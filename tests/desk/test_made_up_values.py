"""What a browser never sends gets a sentence, and no log holds it."""

import logging
from types import FunctionType

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from posts.desk import admin
from posts.models import Post

ADD = "/admin/posts/post/add/"
LONG = "9" * 40


MADE_UP = [
    *(("superseded_by", value) for value in ("abc", LONG, "1.5", "\x7f")),
    *(("topics", value) for value in ("abc", LONG)),
    *(("translation_of", value) for value in ("abc", LONG)),
    *(("series", value) for value in ("abc", LONG)),
    *(("author", value) for value in ("abc", LONG)),
    *(("published_on", value) for value in ("abc", "99999-01-01", "0001-01-01")),
    ("part", LONG),
]


@pytest.mark.slow
def test_a_made_up_value_of_an_articles_form_is_refused(attorney_client, post_form):
    for field, value in MADE_UP:
        answer = attorney_client.post(ADD, post_form(**{field: value}))
        assert answer.status_code in (200, 400), (field, value)
        if answer.status_code == 200:
            assert answer.context["adminform"].form.errors, (field, value)


@pytest.mark.slow
def test_a_made_up_version_of_an_article_is_refused(
    attorney_client, make_post, post_form
):
    post = make_post()
    for token in ("abc", "0001-01-01", "0001-01-01 00:00", LONG):
        form = post_form(post, version_token=token)
        answer = attorney_client.post(f"/admin/posts/post/{post.pk}/change/", form)
        assert answer.status_code == 200, token
        assert answer.context["adminform"].form.errors, token


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


@pytest.mark.parametrize(
    "page", ["/admin/", "/admin/posts/post/", ADD, "/admin/people/", "/admin/account/"]
)
def test_a_style_sheet_that_is_missing_is_a_fault_of_ours(
    attorney_client, monkeypatch, caplog, page
):
    def url(name, force=False):
        raise ValueError(f"Missing staticfiles manifest entry for {name!r}")

    monkeypatch.setattr(staticfiles_storage, "url", url)
    attorney_client.raise_request_exception = False
    answer = attorney_client.get(page)
    assert answer.status_code == 500 and "manifest" in caplog.text
    assert "Something went wrong" in answer.content.decode()


def test_a_look_up_of_our_own_that_cannot_be_is_a_fault_of_ours(
    attorney_client, monkeypatch, caplog
):
    def get_queryset(self, request):
        return Post.objects.filter(pk="none")

    # As if it stood in our own module.
    of_ours = FunctionType(get_queryset.__code__, vars(admin))
    monkeypatch.setattr(admin.PostAdmin, "get_queryset", of_ours)
    attorney_client.raise_request_exception = False
    answer = attorney_client.get("/admin/posts/post/")
    assert answer.status_code == 500 and "'none'" in caplog.text


def test_a_number_in_an_address_that_no_row_can_have_is_not_found(attorney_client):
    for page in ("offices/office/1/undo/{}/", "posts/post/{}/preview/"):
        address = f"/admin/{page.format(LONG)}"
        assert attorney_client.get(address).status_code == 404
        assert attorney_client.post(address).status_code == 404
