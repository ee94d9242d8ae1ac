"""The library of pictures: what shows each, words for it, another in its place, and
what may be deleted."""

import io
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import reversion
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from helpers.clock import NOON
from helpers.desk import page
from helpers.form_opened import seen
from PIL import Image

from lawblog.media.pictures import store
from lawblog.models import Autosaved, Picture
from offices.models import Attorney, Page
from posts import publishing
from posts.models import Edition, Post

LIST = "/admin/posts/post/pictures/"


@pytest.fixture(autouse=True)
def disk(settings, tmp_path, clock, finished_firm):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def file(color, name="a wall.png", size=(60, 40)):
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def kept(color, **options):
    return Picture.objects.get(digest=store(file(color, **options)).digest)


def shows(picture, alt="A wall", size='width="60" height="40"'):
    return f'<p>Text.</p><p><img src="{picture.url}" alt="{alt}" {size}></p>'


def one(picture):
    return f"{LIST}{picture.pk}/"


def used(client, picture):
    return [(use.title, use.how) for use in client.get(one(picture)).context["uses"]]


def press(client, picture, **form):
    answer = client.post(one(picture), {**form, **seen(picture)}, follow=True)
    return " ".join(map(str, answer.context["messages"])) or answer.content.decode()


@pytest.mark.slow
def test_each_picture_says_where_it_is_used(
    staff_client, attorney, make_post, publish, clock
):
    wall = kept("teal")
    post = publish("Live one", body=shows(wall)).post
    publish("Later", body=shows(wall), at=NOON + timedelta(days=2))
    make_post("A draft", cover=wall.url, cover_alt="A wall")
    post.body = "<p>Without.</p>"
    post.save()
    Attorney.objects.update(photograph=wall.url)
    Page.objects.filter(kind="about", language="en").update(body=shows(wall))
    assert used(staff_client, wall) == [
        ("Live one", "live"),
        ("Later", "scheduled, working copy"),
        ("A draft", "working copy (cover)"),
        ("Anna Example", "attorney"),
        ("About this site (English)", "page of record"),
    ]
    clock.shift(60)
    publishing.withdraw(post, by=attorney)
    assert ("Live one", "earlier edition") in used(staff_client, wall)
    shown = page(staff_client, LIST)
    assert f'href="/admin/posts/post/{post.pk}/change/"' in shown


def status(client, url):
    answer = client.get(url)
    answer.getvalue()  # read to its end, so that the file is closed
    return answer.status_code


@pytest.mark.slow
def test_a_page_of_the_library_takes_as_many_queries_for_many(staff_client, publish):
    def count():
        with CaptureQueriesContext(connection) as queries:
            staff_client.get(LIST)
        return len(queries)

    publish("One", body=shows(kept("#000001")))
    staff_client.get(LIST)
    few = count()
    for number in range(2, 12):
        publish(f"No {number}", body=shows(kept(f"#00000{number:x}")))
    assert count() == few


@pytest.mark.slow
def test_it_is_found_by_name_words_or_article_in_pages(staff_client, make_post):
    wall, door = kept("teal"), kept("navy", name="a door.png")
    make_post("Bond hearings", body=shows(door, "An old gate"))
    for words, found in [("WALL", wall), ("gate", door), ("bond hear", door)]:
        rows = staff_client.get(LIST, {"q": words}).context["rows"]
        assert [picture for picture, _ in rows] == [found]
    assert "No picture has these words" in page(staff_client, f"{LIST}?q=zebra")
    for number in range(60):
        Picture.objects.create(
            digest=f"{number:032}", file=f"{number}.jpg", width=1, height=1, size=1
        )
    assert "Page 2 of 2" in page(staff_client, f"{LIST}?page=2")
    told = staff_client.get(f"{LIST}find/?q=gate").json()["found"]
    assert told == [
        {
            "url": door.url,
            "thumbnail": door.thumbnail,
            "alt": "An old gate",
            "name": "a door.png",
        }
    ]


def test_several_come_at_once_and_one_refused_stops_no_other(staff_client, staff):
    files = [file("teal"), SimpleUploadedFile("b.png", b"no picture"), file("navy")]
    answer = staff_client.post(LIST, {"pictures": files}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert said[0].startswith("b.png: This is not a picture")
    assert said[1] == "2 pictures are in the library."
    assert set(Picture.objects.values_list("uploaded_by", flat=True)) == {staff.pk}
    answer = staff_client.post(LIST, follow=True)
    assert "Choose one or more pictures first" in answer.content.decode()


def test_what_an_article_says_of_a_picture_is_kept_once_for_the_next(make_post):
    wall = kept("teal")
    make_post("First", body=shows(wall, "A red wall"))
    make_post("Second", body=shows(wall, "Another word"))
    assert Picture.objects.get().alt == "A red wall"


@pytest.mark.slow
def test_words_for_it_go_into_working_copies_where_that_is_wanted(
    staff_client, staff, make_post, publish
):
    wall = kept("teal")
    live = publish("Live one", body=shows(wall), cover=wall.url, cover_alt="A wall")
    words = {"describe": "", "name": "Wall", "alt": 'A "red" wall'}
    assert "The description is saved." in press(staff_client, wall, **words)
    assert 'alt="A wall"' in Post.objects.get().body
    said = press(staff_client, wall, everywhere="on", **words)
    assert "Readers see no change yet: “Live one”" in said
    post = Post.objects.get()
    assert 'alt="A &quot;red&quot; wall"' in post.body
    assert (post.cover_alt, post.updated_by) == ('A "red" wall', staff)
    assert (
        Edition.objects.get() == live and 'alt="A wall"' in Edition.objects.get().body
    )
    words["alt"] = "decorative"
    press(staff_client, wall, everywhere="on", **words)
    assert 'alt="" ' in Post.objects.get().body
    said = press(staff_client, wall, everywhere="on", **words)
    assert "none was changed" in said


def test_another_picture_comes_into_working_copies_and_readers_keep_the_old_one(
    staff_client, client, publish, disk
):
    wall, size = kept("teal"), 'width="30" height="20"'
    post = publish("Live one", body=shows(wall, size=size)).post
    bytes_before = (disk / "pictures" / wall.file).read_bytes()
    said = press(staff_client, wall, replace="", file=file("navy", size=(90, 30)))
    door = Picture.objects.exclude(pk=wall.pk).get()
    assert "Readers see no change yet: “Live one”" in said
    body = Post.objects.get().body
    assert door.url in body and wall.url not in body
    assert 'width="30" height="10"' in body and 'alt="A wall"' in body
    assert door.alt == "A wall"
    assert (disk / "pictures" / wall.file).read_bytes() == bytes_before
    client.logout()
    assert wall.url in page(client, post.get_absolute_url())
    assert status(client, wall.url) == 200
    assert status(client, door.url) == 404
    publish(Post.objects.get())
    assert door.url in page(client, post.get_absolute_url())
    assert status(client, door.url) == 200
    assert status(client, wall.url) == 404


@pytest.mark.slow
def test_whoever_has_the_article_open_is_told_that_its_picture_changed(
    staff_client, make_post, post_form, clock
):
    wall = kept("teal")
    post = make_post(body=shows(wall), cover=wall.url, cover_alt="A wall", cover_x=10)
    opened = post_form(post, slug=post.slug)
    clock.shift(60)
    press(staff_client, wall, replace="", file=file("navy", size=(9, 9)), alt="A door")
    post.refresh_from_db()
    assert (post.cover_alt, post.cover_x) == ("A door", None)
    assert 'alt="A door"' in post.body
    answer = staff_client.post(f"/admin/posts/post/{post.pk}/change/", opened)
    assert "was changed by" in answer.content.decode()


@pytest.mark.parametrize(
    "form, said",
    [
        ({}, "Choose the new picture first."),
        ({"file": file("teal")}, "This is the same picture."),
        (
            {"file": SimpleUploadedFile("a.png", b"no picture")},
            "This is not a picture we can show.",
        ),
    ],
)
def test_a_picture_that_cannot_come_in_its_place_changes_nothing(
    staff_client, make_post, form, said
):
    wall = kept("teal")
    make_post(body=shows(wall))
    for each in form.values():
        each.seek(0)
    assert said in press(staff_client, wall, replace="", **form)
    assert wall.url in Post.objects.get().body


def ever_live(wall, publish, make_post):
    post = publish(body=shows(wall)).post
    post.body = ""
    post.save()


def in_a_draft(wall, publish, make_post):
    make_post(body=shows(wall))


def of_an_attorney(wall, publish, make_post):
    Attorney.objects.update(photograph=wall.url)


def once_saved(wall, publish, make_post):
    with reversion.create_revision():
        post = make_post(body=shows(wall))
    post.body = "<p>Without.</p>"
    post.save()


def unsaved(wall, publish, make_post):
    fields, anna = urlencode({"body": shows(wall)}), User.objects.get(username="anna")
    Autosaved.objects.keep(anna, "k3", "posts.post new", fields)


def on_record(wall, publish, make_post):
    anna = Attorney.objects.get()
    for anna.photograph in (wall.url, ""):
        anna.save()


@pytest.mark.parametrize(
    "way, why",
    [
        (ever_live, "An edition that was approved shows it."),
        (in_a_draft, "“A title” shows it. Take it out there first."),
        (of_an_attorney, "“Anna Example” shows it."),
        (once_saved, "An earlier save of “A title” shows it"),
        (unsaved, "Somebody is writing a text that shows it"),
        (on_record, "The record tells of it"),
    ],
)
def test_what_is_or_was_shown_anywhere_stays(
    attorney_client, publish, make_post, way, why
):
    wall = kept("teal")
    way(wall, publish, make_post)
    assert why in press(attorney_client, wall, delete="")
    assert Picture.objects.exists() and default_storage.exists(f"pictures/{wall.file}")


@pytest.mark.slow
def test_nothing_is_approved_with_a_picture_that_is_to_come(attorney, make_post):
    """Its name is known beforehand: it is made of the content."""
    picture = kept("teal")
    post = make_post(body=shows(picture))
    picture.delete()
    with pytest.raises(ValidationError, match="a picture that is not in the library"):
        publishing.publish(post, by=attorney)
    kept("teal")
    assert publishing.publish(post, by=attorney)


def test_the_attorney_alone_deletes_what_nothing_shows(staff_client, attorney, disk):
    wall = kept("teal")
    assert staff_client.post(one(wall), {"delete": ""}).status_code == 403
    assert 'name="delete"' not in page(staff_client, one(wall))
    staff_client.force_login(attorney)
    assert 'name="delete"' in page(staff_client, one(wall))
    assert "is deleted" in press(staff_client, wall, delete="")
    assert not Picture.objects.exists() and not list((disk / "pictures").iterdir())
    assert staff_client.get(one(wall)).status_code == 404


def test_a_site_older_than_the_library_gets_its_rows_from_setup(make_post, disk):
    wall = kept("teal")
    make_post(body=shows(wall))
    Picture.objects.all().delete()
    call_command("setup", stdout=io.StringIO())
    found = Picture.objects.get()
    assert (found.file, found.width, found.alt) == (wall.file, 60, "A wall")
    assert found.size == wall.size
    assert re.fullmatch(r"Picture of November 2\d, 2026", str(found))


@pytest.mark.slow
def test_strangers_and_the_rightless_see_no_library(client, staff):
    wall = kept("teal")
    staff.groups.clear()
    for address in (LIST, one(wall), f"{LIST}find/"):
        client.logout()
        assert client.get(address).url.startswith("/admin/login/")
        client.force_login(staff)
        assert client.get(address).status_code == 403
