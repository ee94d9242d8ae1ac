"""Link pictures and icons: drawn once, small, legible whatever the title."""

import io

import pytest
from PIL import Image

from lawblog.site import drawing
from offices.models import Firm
from posts import publishing


@pytest.fixture(autouse=True)
def nothing_kept(set_up):
    drawing.card.cache_clear()


def opened(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize(
    "title",
    [
        "A title",
        "¿Qué derechos tiene la niñez migrante en Nueva York?",
        "حقوق المهاجرين",
        "Deferred action for childhood arrivals: " * 5,
        "a" * 200,
        "W" * 200,
        "",
        "移民",
    ],
)
def test_a_card_has_its_size_and_stays_small_whatever_the_title(title):
    content = drawing.card(title, "The Firm")
    assert opened(content).size == (1200, 630) and len(content) < 60_000
    # Nothing is drawn into the margins.
    margin = opened(content).convert("RGB").crop((1160, 20, 1200, 630))
    assert len(margin.getcolors()) == 1


@pytest.mark.parametrize("title", ["Niñez ¿cómo?", "حقوق المهاجرين", "A – “quoted” §"])
def test_letters_of_our_readers_are_drawable(title):
    assert drawing.is_drawable(title)


def test_letters_that_the_face_lacks_leave_the_firms_name():
    assert not drawing.is_drawable("移民")
    assert drawing.card("移民", "The Firm") == drawing.card("", "The Firm")


@pytest.mark.slow
def test_a_card_shows_the_live_title(client, publish):
    edition = publish("One")
    first = client.get("/posts/one/card.png").content
    edition.post.title = "Two"
    edition.post.save()
    assert client.get("/posts/one/card.png").content == first
    publishing.publish(edition.post, by=None)
    assert client.get("/posts/one/card.png").content != first
    publishing.withdraw(edition.post, by=None)
    assert client.get("/posts/one/card.png").status_code == 404


@pytest.mark.slow
def test_a_card_is_drawn_once_however_it_is_asked_for(client, publish):
    publish()
    for junk in ("", "?a=1", "?a=2", "?page=3"):
        assert client.get(f"/posts/a-title/card.png{junk}").status_code == 200
    client.get("/posts/unknown/card.png")
    assert drawing.card.cache_info().misses == 1


@pytest.mark.slow
def test_other_pages_share_the_firms_name(client):
    first = client.get("/card.png").content
    Firm.objects.update(name="Another Firm")
    assert client.get("/card.png").content != first


@pytest.mark.parametrize(
    "address, kind, size",
    [
        ("/favicon.ico", "image/x-icon", (32, 32)),
        ("/apple-touch-icon.png", "image/png", (180, 180)),
    ],
)
def test_icons_are_where_browsers_look_for_them(client, address, kind, size):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert opened(response.content).size == size
