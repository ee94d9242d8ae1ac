"""A cover picture is seen in lists, on its article and with shared links, and nowhere
before it was approved."""

import io
import re
from datetime import date

import pytest
from helpers.pages import wall
from PIL import Image

from lawblog.html.responsive import cover
from posts.models import Edition
from posts.publishing import digest_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def covered(set_up, settings, tmp_path, make_post):
    """A draft with a picture whose left half is red and whose right half is blue."""
    settings.MEDIA_ROOT = tmp_path
    return make_post("A title", cover=wall(), cover_alt="A wall", cover_x=20)


@pytest.mark.slow
def test_the_picture_is_in_lists_on_the_article_and_with_shared_links(
    client, publish, covered
):
    publish(covered)
    stem = covered.cover.rsplit(".", 1)[0]
    front = client.get("/").content.decode()
    assert f'<source type="image/avif" srcset="{stem}-480.avif 480w' in front
    # The title beside it says what a list has to say.
    assert re.search(rf'<img src="{covered.cover}" alt="" [^>]*class="x2 y5"', front)
    page = client.get("/posts/a-title/").content.decode()
    shown = re.search(rf'<img src="{covered.cover}" alt="A wall"[^>]*>', page)[0]
    assert 'width="1600" height="900"' in shown and "lazy" not in shown
    assert '"og:image" content="http://127.0.0.1:8000/posts/a-title/card.jpg"' in page
    assert '"og:image:alt" content="A wall"' in page
    assert covered.cover in client.get("/feed/").content.decode()


@pytest.mark.slow
def test_what_a_list_shows_below_is_loaded_when_it_comes_near(client, publish, covered):
    publish(covered)
    assert 'loading="lazy"' in client.get("/posts/").content.decode()


@pytest.mark.slow
def test_without_a_picture_a_drawn_card_stands_there(client, publish, set_up):
    publish("A title")
    assert '<span class="art art' in client.get("/posts/").content.decode()
    assert "/posts/a-title/card.png" in client.get("/posts/a-title/").content.decode()
    assert client.get("/posts/a-title/card.jpg").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("x, color", [(0, (255, 0, 0)), (100, (0, 0, 255))])
def test_the_shared_picture_is_cut_around_its_point(
    x, color, client, publish, make_post, set_up, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    from django.core.files.uploadedfile import SimpleUploadedFile

    from lawblog.media.pictures import store

    wide = Image.new("RGB", (2400, 600), (255, 0, 0))
    wide.paste((0, 0, 255), (1200, 0, 2400, 600))
    file = io.BytesIO()
    wide.save(file, "PNG")
    url, *_ = store(SimpleUploadedFile("wide.png", file.getvalue()))
    publish(make_post("A title", cover=url, cover_alt="Two", cover_x=x))
    answer = client.get("/posts/a-title/card.jpg")
    assert answer["Content-Type"] == "image/jpeg"
    cut = Image.open(io.BytesIO(answer.content))
    assert cut.size == (1200, 630)
    near = zip(cut.getpixel((600, 315)), color, strict=True)
    assert all(abs(one - other) < 12 for one, other in near)


@pytest.mark.slow
def test_readers_are_sent_the_picture_only_while_its_edition_is_live(
    client, publish, covered
):
    assert client.get(covered.cover).status_code == 404
    publish(covered)
    answer = client.get(covered.cover)
    assert answer.status_code == 200
    assert answer.getvalue()
    covered.cover = covered.cover_alt = None
    covered.save()
    publish(covered)
    assert client.get(covered.cover).status_code == 404


@pytest.mark.slow
def test_a_decoration_is_passed_over_by_screen_readers(client, publish, covered):
    covered.cover_alt = "Decorative"
    covered.save()
    publish(covered)
    page = client.get("/posts/a-title/").content.decode()
    assert f'<img src="{covered.cover}" alt="" ' in page


@pytest.mark.slow
def test_the_picture_is_among_the_words_that_are_approved(publish, covered):
    edition = publish(covered)
    known = edition.digest
    assert digest_of(edition) == known
    for name, value in {"cover": wall("red"), "cover_alt": "A", "cover_x": 0}.items():
        changed = Edition.objects.get(pk=edition.pk)
        setattr(changed, name, value)
        assert digest_of(changed) != known, name


@pytest.mark.parametrize(
    "address", ["", "/media/other.jpg", 'x" onerror="', "http://a/b"]
)
def test_only_a_stored_picture_is_shown(address):
    assert cover(address, "words", (50, 50), "9rem", lazy=True) == ""


def test_the_words_of_a_picture_cannot_leave_their_attribute():
    address = f"/media/pictures/{'a' * 32}-100x50.jpg"
    shown = cover(address, '"><script>', (50, 50), "9rem", lazy=True)
    assert 'alt="&quot;&gt;&lt;script&gt;"' in shown


@pytest.mark.slow
def test_a_row_with_a_picture_costs_no_further_question(
    client, publish, make_post, settings, tmp_path, set_up, django_assert_num_queries
):
    settings.MEDIA_ROOT = tmp_path
    from posts.public.lists import newest

    for number in range(3):
        day = date(2026, 1, 1 + number)
        words = {"cover": wall(), "cover_alt": "A wall", "published_on": day}
        publish(make_post(f"Title {number}", **words))
    with django_assert_num_queries(2):  # the rows, and the names of all topics
        assert all(row.cover and row.cover_focus for row in newest(slice(0, 6)))
