"""The list of pictures at the desk: what uses one, and which can go."""

import pytest
from helpers.pictures import picture, upload

from lawblog.media.pictures import store
from offices.models import Attorney, Page

pytestmark = [pytest.mark.usefixtures("disk"), pytest.mark.slow]


def test_staff_see_what_uses_a_picture_and_the_attorney_deletes_what_nothing_uses(
    staff_client, attorney, make_post, disk
):
    used, *_ = store(upload(picture((500, 400))))
    unused, *_ = store(upload(picture((600, 400))))
    make_post(body=f'<p><img src="{used}" alt="A wall"></p>')
    address = "/admin/posts/post/pictures/"
    page = staff_client.get(address).content.decode()
    assert "In “A title”" in page and "Nothing uses it." in page
    page = staff_client.get(f"{address}?unused").content.decode()
    assert unused[:50] in page and used[:50] not in page
    name = unused.rsplit("/", 1)[-1]
    assert staff_client.post(address, {"name": name}).status_code == 403
    staff_client.force_login(attorney)
    for each in (used.rsplit("/", 1)[-1], "../../db.sqlite3", ""):
        staff_client.post(address, {"name": each})
    assert len(list((disk / "pictures").iterdir())) == 10  # five of each picture
    staff_client.post(address, {"name": name})
    left = {path.name[:32] for path in (disk / "pictures").iterdir()}
    assert left == {used.rsplit("/", 1)[-1][:32]}


def test_what_an_edition_ever_showed_is_in_use(attorney_client, publish):
    url, *_ = store(upload(picture((500, 400))))
    post = publish(body=f'<p><img src="{url}" alt="A wall"></p>').post
    post.body = "<p>Without.</p>"
    post.save()
    page = attorney_client.get("/admin/posts/post/pictures/?unused")
    assert "Every picture is in use." in page.content.decode()


def test_what_pages_and_people_show_is_in_use(attorney_client, finished_firm):
    sizes = [(500, 400), (500, 401)]
    urls = [store(upload(picture(size)))[0] for size in sizes]
    about, biography = (f'<p><img src="{url}" alt="A wall"></p>' for url in urls)
    Page.objects.filter(kind="about", language="en").update(body=about)
    Attorney.objects.update(in_other_languages={"es": {"biography": biography}})
    page = attorney_client.get("/admin/posts/post/pictures/?unused")
    assert "Every picture is in use." in page.content.decode()


def test_strangers_and_the_rightless_see_no_pictures(client, staff):
    address = "/admin/posts/post/pictures/"
    assert client.get(address).url.startswith("/admin/login/")
    staff.groups.clear()
    client.force_login(staff)
    assert client.get(address).status_code == 403
