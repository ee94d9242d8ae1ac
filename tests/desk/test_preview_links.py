"""A link to a draft: who makes it, what it shows, and what it tells nobody."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from posts.models import PreviewLink

LINKS = "/admin/posts/post/{}/links/"
NOBODY = "/preview/" + "x" * 43 + "/"


@pytest.fixture
def share(set_up):
    def make(post, days=7, **fields):
        expires = timezone.now() + timedelta(days=days)
        link, token = PreviewLink.objects.make(
            post=post, note="Co-counsel", expires_at=expires, **fields
        )
        return link, f"/preview/{token}/"

    return make


def test_a_link_shows_the_working_copy_as_it_is_now(share, make_post, client):
    post = make_post("Not yet")
    _, address = share(post)
    assert "Text of Not yet." in client.get(address).content.decode()
    post.body = "<p>Other words.</p>"
    post.save()
    page = client.get(address).content.decode()
    assert "Other words." in page and "Text of Not yet." not in page


def test_a_shared_draft_is_marked_and_kept_nowhere(share, make_post, client):
    response = client.get(share(make_post())[1])
    page = response.content.decode()
    assert page.count("Draft – not published") == 2
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert "canonical" not in page and "/admin/" not in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "ETag" not in response.headers and not response.cookies
    assert "Disallow: /preview/" in client.get("/robots.txt").content.decode()


def expired(link):
    link.expires_at = timezone.now()


def revoked(link):
    link.revoked_at = timezone.now()


@pytest.mark.parametrize("end", [expired, revoked])
def test_a_link_that_ended_answers_like_one_that_never_was(
    share, make_post, client, end
):
    post = make_post("Secret")
    link, address = share(post)
    end(link)
    link.save()
    over, never = client.get(address), client.get(NOBODY)
    assert over.status_code == never.status_code == 404
    assert over.content == never.content
    assert over.headers == never.headers
    assert "ask the person who sent it" in over.content.decode()


def test_a_link_runs_out_by_itself(share, make_post, client):
    _, address = share(make_post(), days=7)
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=6, hours=23)):
        assert client.get(address).status_code == 200
    with time_machine.travel(now + timedelta(days=7, minutes=1)):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("change", [str.upper, lambda token: token[:-2] + "/"])
def test_a_token_with_a_letter_changed_opens_nothing(share, make_post, client, change):
    _, address = share(make_post())
    tampered = "/preview/" + change(address.removeprefix("/preview/"))
    assert client.get(tampered).status_code == 404


@pytest.mark.slow
def test_the_attorney_makes_a_link_that_is_shown_once(
    attorney_client, attorney, make_post, client
):
    post = make_post("Not yet")
    page = LINKS.format(post.pk)
    made = attorney_client.post(page, {"note": "Co-counsel", "days": "1"})
    address = re.search(r"/preview/[\w-]{43}/", made.content.decode())[0]
    client.logout()
    assert "Text of Not yet." in client.get(address).content.decode()
    client.force_login(attorney)
    again = client.get(page).content.decode()
    assert "Co-counsel" in again and address not in again
    link = PreviewLink.objects.get()
    assert link.created_by == attorney
    assert link.expires_at - link.created_at < timedelta(days=1, minutes=1)
    assert address.split("/")[2] not in str(vars(link))


def test_the_attorney_revokes_a_link(attorney_client, share, make_post):
    post = make_post()
    link, address = share(post)
    attorney_client.post(LINKS.format(post.pk), {"revoke": link.pk})
    assert attorney_client.get(address).status_code == 404
    assert "Revoked" in attorney_client.get(LINKS.format(post.pk)).content.decode()


@pytest.mark.parametrize("number", ["", "x", "9" * 30, "²", "-1"])
def test_a_made_up_number_revokes_nothing(attorney_client, share, make_post, number):
    post = make_post()
    link, address = share(post)
    attorney_client.post(LINKS.format(post.pk), {"revoke": number})
    assert attorney_client.get(address).status_code == 200


@pytest.mark.parametrize(
    "data", [{"note": "", "days": "7"}, {"note": "A", "days": "9"}]
)
def test_a_bad_form_makes_no_link(attorney_client, make_post, data):
    response = attorney_client.post(LINKS.format(make_post().pk), data)
    assert response.status_code == 200 and "errorlist" in response.content.decode()
    assert not PreviewLink.objects.exists()


def test_staff_see_links_and_can_neither_make_nor_revoke_them(
    staff_client, share, make_post
):
    post = make_post()
    link, address = share(post)
    page = staff_client.get(LINKS.format(post.pk)).content.decode()
    assert "Co-counsel" in page and "Make a link" not in page and ">Revoke<" not in page
    for data in ({"note": "Me", "days": "7"}, {"revoke": link.pk}):
        refused = staff_client.post(LINKS.format(post.pk), data)
        assert refused.status_code == 403
    assert PreviewLink.objects.get().works


def test_the_public_sees_no_list_of_links(share, make_post, client):
    post = make_post()
    share(post)
    response = client.get(LINKS.format(post.pk))
    assert response.status_code == 302 and "/admin/login/" in response["Location"]


def test_a_token_is_never_logged(share, make_post, client, monkeypatch, capsys):
    _, address = share(make_post())
    monkeypatch.setattr("posts.desk.preview_links.draft_page", None)
    stream = logging.StreamHandler()
    stream.setFormatter(_console().formatter)
    logging.getLogger().addHandler(stream)
    client.raise_request_exception = False
    assert client.get(address).status_code == 500
    logging.getLogger().removeHandler(stream)
    logged = capsys.readouterr().err
    assert "/preview/…/" in logged and "TypeError" in logged
    assert address.split("/")[2] not in logged


def _console():
    handlers = logging.getLogger().handlers
    return next(h for h in handlers if type(h.formatter).__name__ == "Line")
