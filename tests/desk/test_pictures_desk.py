"""The list of pictures at the desk: what uses one, and which can go."""

import pytest
from helpers.pictures import picture, upload

from lawblog.media.pictures import store
from offices.models import Attorney, Page

pytestmark = [pytest.mark.usefixtures("disk", "db"), pytest.mark.slow]


def test_what_an_edition_ever_showed_is_in_use(attorney_client, publish):
    url, *_ = store(upload(picture((500, 400))))
    post = publish(body=f'<p><img src="{url}" alt="A wall"></p>').post
    post.body = "<p>Without.</p>"
    post.save()
    page = attorney_client.get("/admin/posts/post/pictures/?only=unused")
    assert "Every picture is in use." in page.content.decode()


def test_what_pages_and_people_show_is_in_use(attorney_client, finished_firm):
    sizes = [(500, 400), (500, 401)]
    urls = [store(upload(picture(size)))[0] for size in sizes]
    about, biography = (f'<p><img src="{url}" alt="A wall"></p>' for url in urls)
    Page.objects.filter(kind="about", language="en").update(body=about)
    Attorney.objects.update(in_other_languages={"es": {"biography": biography}})
    page = attorney_client.get("/admin/posts/post/pictures/?only=unused")
    assert "Every picture is in use." in page.content.decode()
