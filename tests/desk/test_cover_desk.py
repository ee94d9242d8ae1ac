"""A cover picture is uploaded, described and taken away at the desk."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from helpers.pages import wall
from PIL import Image

from posts.models import Post

ADD = reverse("admin:posts_post_add")


@pytest.fixture(autouse=True)
def stored_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload():
    file = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(file, "PNG")
    return SimpleUploadedFile("wall.png", file.getvalue())


@pytest.mark.slow
def test_a_picture_comes_with_the_form(staff_client, post_form):
    words = {"picture": upload(), "cover_alt": "A wall", "cover_x": 20, "cover_y": 50}
    staff_client.post(ADD, post_form(**words))
    post = Post.objects.get()
    assert "-640x400." in post.cover
    assert (post.cover_alt, post.cover_focus) == ("A wall", (20, 50))


@pytest.mark.slow
def test_a_picture_that_nobody_described_is_sent_back_and_not_lost(
    staff_client, post_form
):
    page = staff_client.post(ADD, post_form(picture=upload())).content.decode()
    assert "Say in a few words what the cover picture shows" in page
    assert 'name="cover" value="/media/pictures/' in page
    assert not Post.objects.exists()


def test_what_is_no_picture_is_refused_in_a_sentence(staff_client, post_form):
    file = SimpleUploadedFile("wall.png", b"not a picture")
    page = staff_client.post(ADD, post_form(picture=file, cover_alt="A wall"))
    assert "This is not a picture we can show." in page.content.decode()


@pytest.mark.parametrize(
    "address", ["https://example.org/a.jpg", "/media/pictures/../a.jpg", "x"]
)
def test_only_a_stored_picture_can_be_a_cover(address, staff_client, post_form):
    page = staff_client.post(ADD, post_form(cover=address, cover_alt="A wall"))
    assert "Choose the cover picture again" in page.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("number", ["101", "-1", "left"])
def test_a_point_outside_the_picture_is_refused(number, staff_client, post_form):
    words = {"cover": wall(), "cover_alt": "A wall", "cover_x": number}
    assert staff_client.post(ADD, post_form(**words)).status_code == 200
    assert not Post.objects.exists()


@pytest.mark.slow
def test_a_picture_is_taken_away(staff_client, post_form, make_post):
    post = make_post(cover=wall(), cover_alt="A wall")
    words = {"cover": post.cover, "cover_alt": "A wall", "without_cover": "on"}
    staff_client.post(
        reverse("admin:posts_post_change", args=[post.pk]), post_form(post, **words)
    )
    post.refresh_from_db()
    assert (post.cover, post.cover_alt) == (None, None)


@pytest.mark.slow
def test_the_attorney_sees_a_new_cover_before_approving(attorney_client, make_post):
    post = make_post(cover=wall(), cover_alt="A wall")
    page = attorney_client.get(reverse("admin:posts_post_publish", args=[post.pk]))
    assert f'<img src="{post.cover}" alt="A wall"' in page.content.decode()


@pytest.mark.slow
def test_a_cover_is_in_use(staff_client, make_post):
    make_post(cover=wall(), cover_alt="A wall")
    page = staff_client.get(reverse("admin:posts_post_pictures")).content.decode()
    assert ">A title</a>" in page and "working copy (cover)" in page
