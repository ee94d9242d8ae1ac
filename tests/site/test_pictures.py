"""Pictures: what is kept of an upload, what a browser is offered, and where from."""

import io
import struct
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from helpers.inputs import INPUTS, need_inputs
from PIL import Image, ImageCms

from lawblog.html.responsive import responsive
from lawblog.media.env import env_storage
from lawblog.media.pictures import store
from offices.models import Attorney, Page
from posts import publishing
from posts.models import PreviewLink

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

UPLOAD = "/admin/upload/?responseType=json"


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(size=(1200, 800), kind="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def upload(content, name="a.jpg"):
    return SimpleUploadedFile(name, content)


def test_a_picture_is_kept_in_widths_and_formats_never_larger(disk):
    url, width, height, _ = store(upload(picture()))
    assert (width, height) == (1200, 800)
    stem = url.removeprefix("/media/").removesuffix(".jpg")
    kept = sorted(f"pictures/{path.name}" for path in (disk / "pictures").iterdir())
    sizes = (1200, 480, 960)
    smaller = [f"{stem}-{w}.{kind}" for w in sizes for kind in ("avif", "webp")]
    assert kept == [*smaller, f"{stem}.jpg"]
    with Image.open(disk / f"{stem}-480.avif") as smallest:
        assert smallest.size == (480, 320)


def test_the_same_picture_is_kept_once(disk):
    urls = {store(upload(picture(), name))[0] for name in ("a.jpg", "b.jpg")}
    assert len(urls) == 1
    assert len(list((disk / "pictures").iterdir())) == 7


def test_a_picture_tells_nothing_of_where_it_was_taken(disk):
    exif = Image.Exif()
    exif[0x010E] = "at home"
    exif.get_ifd(0x8825)[2] = (40.0, 51.0, 3.0)
    content = picture(exif=exif, comment=b"my house") + b"<script>tail()</script>"
    store(upload(content))
    for path in (disk / "pictures").iterdir():
        kept = path.read_bytes()
        assert not any(s in kept for s in (b"at home", b"my house", b"tail()"))
        with Image.open(path) as shown:
            assert not shown.getexif().get_ifd(0x8825)


def test_a_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    _, width, height, _ = store(upload(picture((1200, 800), exif=exif)))
    assert (width, height) == (800, 1200)


def bomb(side):
    """A PNG of a few bytes that says it is so many pixels wide and high."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + data + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture we can show"),
        (b"<html><script>a()</script>", "not a picture we can show"),
        (picture()[:900], "damaged or cut off"),
        (bomb(60_000), "more than 50 million pixels"),
        # Below what Pillow itself takes for a bomb.
        (bomb(7_072), "more than 50 million pixels"),
        (b"\xff" * (50 * 1024 * 1024), "larger than 15 MB"),
        (b"", "not a picture we can show|No picture arrived"),
    ],
    ids=["svg", "html", "truncated", "bomb", "50.01 MP", "50 MB", "empty"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(disk, content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        store(upload(content))
    assert not (disk / "pictures").exists()


def test_readers_are_offered_every_size_and_load_late_what_is_below(client, publish):
    url, *_ = store(upload(picture()))
    image = f'<img src="{url}" alt="A wall" width="1200" height="800">'
    publish(body=f"<p>{image}</p><p>{image}</p>")
    page = client.get("/posts/a-title/").content.decode()
    stem = url.removesuffix(".jpg")
    assert page.count('<source type="image/avif"') == 2
    assert f"{stem}-480.avif 480w, {stem}-960.avif 960w, {stem}-1200.avif 1200w" in page
    first, second = page.split("<picture>")[1:]
    assert 'loading="lazy"' not in first and 'loading="lazy"' in second
    assert 'width="1200" height="800"' in first
    for kind in ("avif", "webp"):
        answer = client.get(f"{stem}-480.{kind}")
        assert answer["Content-Type"] == f"image/{kind}"
        # Whatever stands between asks us each time: after a withdrawal we say no.
        assert "s-maxage=0" in answer["Cache-Control"]
        assert answer.getvalue()
    feed = client.get("/feed/").content.decode()
    assert "&lt;img src=" in feed and "&lt;picture" not in feed


def test_pictures_cost_no_query(client, publish, django_assert_num_queries):
    url, *_ = store(upload(picture()))
    publish("None", body="<p>Words.</p>")
    publish("Many", body=f'<p><img src="{url}" alt="A wall"></p>' * 20)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as without:
        client.get("/posts/none/")
    with django_assert_num_queries(len(without)):
        client.get("/posts/many/")


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/media/pictures/x.jpg" alt="">',
        '<img src="https://a.example/b.jpg" alt="">',
        "<p>Words, and a &lt;img&gt;.</p>",
        "",
    ],
)
def test_what_is_no_picture_of_ours_stays_as_it_is(html):
    assert responsive(html) == html


def test_text_around_a_picture_is_not_touched():
    url, *_ = store(upload(picture((300, 200))))
    html = f'<p>Before <img src="{url}" alt="a &quot;b&quot; > c"> after.</p>'
    shown = responsive(html)
    assert shown.startswith("<p>Before <picture>") and shown.endswith(" after.</p>")
    assert 'alt="a &quot;b&quot; > c" decoding="async"></picture>' in shown


# Who is sent a picture


@pytest.fixture
def shown():
    """An article's text with a picture of its own, and the picture's address."""
    url, *_ = store(upload(picture((500, 400))))
    return f'<p><img src="{url}" alt="A wall"></p>', url


def sent(client, address, **options):
    """The answer, read to its end."""
    answer = client.get(address, **options)
    answer.getvalue()
    return answer


def test_a_picture_is_public_while_a_live_edition_shows_it(client, make_post, shown):
    body, url = shown
    post = make_post(body=body)
    assert sent(client, url).status_code == 404
    start = timezone.now()
    publishing.publish(post, by=None, at=start + timedelta(days=1))
    assert sent(client, url).status_code == 404
    with time_machine.travel(start + timedelta(days=1, minutes=1)):
        smaller = url.replace(".jpg", "-480.webp")
        assert [sent(client, each).status_code for each in (url, smaller)] == [200, 200]
        publishing.withdraw(post, by=None)
        answer = sent(client, url)
        assert answer.status_code == 404 and not answer.cookies


def test_a_picture_that_two_articles_show_outlives_one(client, publish, shown):
    body, url = shown
    first, _ = publish("One", body=body), publish("Two", body=body)
    publishing.withdraw(first.post, by=None)
    assert sent(client, url).status_code == 200


def test_the_desk_sees_every_picture_and_no_cache_keeps_it(staff_client, shown):
    _, url = shown
    answer = sent(staff_client, url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


def test_a_picture_of_the_firms_own_pages_is_public(client, finished_firm, shown):
    body, url = shown
    assert sent(client, url).status_code == 404
    Page.objects.filter(kind="about", language="en").update(body=body)
    assert sent(client, url).status_code == 200


def test_a_preview_link_opens_the_drafts_pictures_and_no_others(
    client, make_post, shown
):
    body, url = shown
    post, other = make_post(body=body), make_post("Other")
    ends = {"note": "A", "expires_at": timezone.now() + timedelta(days=1)}
    (_, token), (_, others) = (
        PreviewLink.objects.make(post=p, **ends) for p in (post, other)
    )
    page = client.get(f"/preview/{token}/").content.decode()
    own = url.replace("/media/", f"/preview/{token}/")
    assert own in page and url not in page
    assert sent(client, own)["Cache-Control"] == "no-store"
    assert sent(client, own.replace(token, others)).status_code == 404
    PreviewLink.objects.update(revoked_at=timezone.now())
    assert sent(client, own).status_code == 404


def test_an_unchanged_picture_is_not_sent_twice(client, publish, shown):
    body, url = shown
    publish(body=body)
    tag = sent(client, url)["ETag"]
    assert sent(client, url, headers={"if-none-match": tag}).status_code == 304


# The desk


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


# S3


@pytest.fixture
def bucket(settings, monkeypatch):
    """Pictures in a bucket of an S3 store on this machine."""
    boto3 = pytest.importorskip("boto3", reason="pip install -r requirements-s3.txt")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    s3 = boto3.resource("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)
    s3.create_bucket(Bucket="pictures-of-ours")
    variables = {
        "BUCKET": "pictures-of-ours",
        "ENDPOINT": endpoint,
        "REGION": "us-east-1",
        "KEY_ID": "key",
        "SECRET": "secret",
    }
    for name, value in variables.items():
        monkeypatch.setenv(f"MEDIA_S3_{name}", value)
    settings.STORAGES = {**settings.STORAGES, "default": env_storage("MEDIA_S3")}
    settings.MEDIA_IN_S3 = True
    yield s3.Bucket("pictures-of-ours")
    server.stop()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_pictures_in_a_bucket_still_come_from_us(bucket, client, publish, disk):
    url, *_ = store(upload(picture()))
    assert url.startswith("/media/pictures/")
    assert len(list(bucket.objects.all())) == 7
    publish(body=f'<p><img src="{url}" alt="A wall"></p>')
    answer = client.get(url)
    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.getvalue())).size == (1200, 800)
    assert client.get(
        url.replace("media/pictures/", "media/pictures/0" * 1)
    ).status_code
    missing = f"/media/pictures/{'0' * 32}-10x10.jpg"
    assert client.get(missing).status_code == 404
    assert not (disk / "pictures").exists()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_bucket_that_is_away_loses_nothing(bucket, attorney_client, publish):
    url, *_ = store(upload(picture()))
    publish(body=f'<p><img src="{url}" alt="A wall"></p>')
    bucket.objects.all().delete()
    bucket.delete()
    answer = attorney_client.post(UPLOAD, {"upload": upload(picture((90, 90)))})
    assert "Your text is safe" in answer.json()["error"]["message"]
    assert attorney_client.get("/posts/a-title/").status_code == 200
    assert attorney_client.get("/admin/posts/post/pictures/").status_code == 200


def test_an_unset_bucket_means_this_machines_disk():
    assert env_storage("MEDIA_S3")["BACKEND"].endswith("WholeFiles")


@pytest.mark.parametrize(
    "given, sentence",
    [
        ({"SECRET": "s"}, "MEDIA_S3_SECRET is set but MEDIA_S3_BUCKET is not"),
        ({"BUCKET": "b", "KEY_ID": "k"}, "both MEDIA_S3_KEY_ID and MEDIA_S3_SECRET"),
        ({"BUCKET": "b", "SECRET_FILE": "/nowhere"}, "which cannot be read"),
    ],
)
def test_half_a_bucket_is_refused_with_a_sentence(monkeypatch, given, sentence):
    for name, value in given.items():
        monkeypatch.setenv(f"MEDIA_S3_{name}", value)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        env_storage("MEDIA_S3")


def test_a_bucket_needs_its_libraries(monkeypatch):
    monkeypatch.setenv("MEDIA_S3_BUCKET", "b")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match="requirements-s3.txt"):
        env_storage("MEDIA_S3")


# What the file means is what is shown


def stored(content):
    """(what was kept of the file, as a picture; what was said of it)."""
    kept = store(upload(content))
    with default_storage.open(kept.url.removeprefix("/media/")) as file:
        shown = Image.open(file)
        shown.load()
    return shown, kept.remark


def saved(image, kind="PNG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def near(pixel, color, by=4):
    return all(abs(a - b) <= by for a, b in zip(pixel, color, strict=True))


def test_sixteen_bits_of_grey_keep_their_shades():
    ramp = Image.new("I;16", (256, 10))
    ramp.putdata([column * 257 for _ in range(10) for column in range(256)])
    shown, _ = stored(saved(ramp))
    for column in (0, 64, 128, 200, 255):
        assert near(shown.getpixel((column, 5)), (column,) * 3)


@pytest.fixture(scope="module")
def wide():
    """A profile of colors that reach further than sRGB's, red and blue exchanged."""
    matrix = ImageCms.createProfile("sRGB")
    data = bytearray(ImageCms.ImageCmsProfile(matrix).tobytes())
    for number in range(struct.unpack(">I", data[128:132])[0]):
        tag = 132 + 12 * number
        swap = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}.get(bytes(data[tag : tag + 4]))
        if swap:
            data[tag : tag + 4] = swap
    return bytes(data)


@pytest.mark.parametrize("mode", ("RGB", "RGBA", "P"))
@pytest.mark.parametrize("kind", ("PNG", "WEBP"))
def test_colors_are_what_their_profile_means(wide, mode, kind):
    image = Image.new("RGB", (40, 40), (220, 30, 60))
    image = image.convert(mode, palette=Image.Palette.ADAPTIVE)
    if kind == "WEBP" and mode == "P":
        image = image.convert("RGB")
    shown, _ = stored(saved(image, kind, icc_profile=wide, lossless=True))
    assert near(shown.convert("RGB").getpixel((5, 5)), (60, 30, 220), by=8)
    assert "icc_profile" not in shown.info


@pytest.mark.parametrize("profile", (b"junk", b"\0" * 200, b""))
@pytest.mark.parametrize("mode", ("RGB", "CMYK", "L"))
def test_a_broken_profile_or_one_of_another_kind_stops_nothing(wide, profile, mode):
    for each in (profile, wide):
        if each is wide and mode == "RGB":
            continue
        image = Image.new("RGB", (40, 40), "gray").convert(mode)
        shown, _ = stored(saved(image, "JPEG", icc_profile=each))
        assert near(shown.getpixel((5, 5)), (128,) * 3, by=8)


def test_what_shows_through_goes_on_to(wide):
    image = Image.new("RGBA", (40, 40), (10, 20, 30, 0))
    image.paste((220, 30, 60, 255), (0, 0, 20, 40))
    shown, _ = stored(saved(image, icc_profile=wide))
    assert shown.mode == "RGBA" and shown.getpixel((30, 5))[3] == 0
    assert near(shown.getpixel((5, 5)), (60, 30, 220, 255), by=8)


def moving(kind):
    frames = [Image.new("RGB", (40, 40), color) for color in ("red", "blue")]
    options = {"save_all": True, "append_images": frames[1:], "duration": 100}
    return saved(frames[0], kind, **options)


@pytest.mark.parametrize("kind", ("GIF", "WEBP", "PNG", "AVIF"))
def test_of_what_moves_the_first_picture_is_kept_and_it_is_said(staff_client, kind):
    shown, remark = stored(moving(kind))
    assert near(shown.convert("RGB").getpixel((5, 5)), (254, 0, 0), by=8)
    assert remark.startswith("Only the first picture of this animation is kept")
    answer = staff_client.post(UPLOAD, {"upload": upload(moving(kind))}).json()
    assert answer["uploaded"] == 1 and answer["error"]["message"] == remark


@pytest.mark.parametrize("kind", ("GIF", "WEBP", "PNG", "AVIF", "JPEG"))
def test_nothing_is_said_of_what_stands_still(kind):
    assert stored(saved(Image.new("RGB", (40, 40), "red"), kind))[1] == ""


@pytest.mark.parametrize(
    ("size", "kept"),
    (((1080, 6480), (1080, 6480)), ((3000, 800), (1600, 427)), ((30, 900), (30, 900))),
)
def test_tall_and_wide_pictures_stay_legible(size, kept):
    shown, _ = stored(saved(Image.new("L", size, "white"), optimize=True))
    assert shown.size == kept


@pytest.mark.parametrize(
    ("size", "sentence"),
    (((1080, 12000), "tall and narrow"), ((12000, 1000), "wide and low")),
)
def test_what_nobody_could_read_is_refused_with_a_sentence(size, sentence):
    with pytest.raises(ValidationError, match=sentence):
        store(upload(saved(Image.new("L", size, "white"))))


def test_pictures_of_phones_are_read(data):
    shown, _ = stored((data / "phone.heic").read_bytes())
    assert shown.size == (64, 48) and near(shown.getpixel((30, 20)), (200, 30, 60), 12)


@pytest.fixture
def data():
    return Path(__file__).parents[1] / "data"


@need_inputs
@pytest.mark.parametrize(
    ("name", "pixel"), (("gray16.png", None), ("p3.jpg", (218, 0, 54)))
)
def test_the_pictures_that_once_came_out_wrong(name, pixel):
    shown, _ = stored((INPUTS / name).read_bytes())
    if pixel:
        assert near(shown.getpixel((5, 5)), pixel)
    else:
        assert len(shown.convert("L").getcolors()) > 1


@need_inputs
def test_the_animation_and_the_tall_picture_are_said():
    assert stored((INPUTS / "anim.gif").read_bytes())[1]
    with pytest.raises(ValidationError, match="tall and narrow"):
        stored((INPUTS / "tall-1080x12000.png").read_bytes())
