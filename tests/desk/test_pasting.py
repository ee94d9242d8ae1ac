"""What is pasted is cleaned by the desk, by the rules of saving."""

import base64
import io
import json

import pytest
from helpers.inputs import INPUTS, need_inputs
from PIL import Image

from lawblog.html.cleaning import cleaned
from posts.models import DraftFinding, Post

PASTE = "/admin/paste/"
FIND = "/admin/posts/post/find/"
PATH = "/posts/fees-after-a-denial/"


@pytest.fixture
def paste(staff_client, settings, tmp_path):
    """paste(html) → (what is kept, what is said)."""
    settings.MEDIA_ROOT = tmp_path

    def send(html):
        answer = json.loads(staff_client.post(PASTE, {"html": html}).content)
        return answer["html"], answer["said"]

    return send


def test_what_is_pasted_is_what_would_be_saved(paste):
    word = "<p>You need <del>never need a</del><ins>your own</ins> lawyer.</p>"
    kept, said = paste(word)
    assert kept == cleaned(word).html == "<p>You need your own lawyer.</p>"
    assert said == ["1 deleted passage was left out."]


def picture(kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, kind)
    return base64.b64encode(out.getvalue()).decode()


def test_pictures_within_what_is_pasted_are_stored(paste):
    kept, said = paste(f'<p>A <img src="data:image/png;base64,{picture()}"></p>')
    assert '<img src="/media/pictures/' in kept and not said


def test_a_picture_that_is_none_is_said(paste):
    kept, said = paste('<p>A <img src="data:image/png;base64,AAAA"> b</p>')
    assert "<img" not in kept
    assert "not a picture we can show" in said[0]
    assert "1 picture within the text was left out." in said


def test_our_own_pictures_come_from_another_tab(paste):
    kept, said = paste(
        '<p><img src="http://testserver/media/pictures/a.jpg" alt="A"></p>'
    )
    assert '<img src="/media/pictures/a.jpg" alt="A">' in kept and not said
    kept, said = paste('<p>x<img src="http://other/media/pictures/a.jpg" alt="A"></p>')
    assert "<img" not in kept and said


@pytest.mark.parametrize(
    "html", ("", "x", "<p>", "\x00<b>", "<" * 5000, "<p>\ud83d</p>")
)
def test_anything_gets_an_answer(staff_client, html):
    data = {"html": html.encode("utf-8", "replace").decode()}
    assert staff_client.post(PASTE, data).status_code == 200


def test_strangers_and_the_rightless_paste_nothing(client, staff):
    assert client.post(PASTE, {"html": "<p>x</p>"}).status_code == 403
    staff.groups.clear()
    client.force_login(staff)
    assert client.post(PASTE, {"html": "<p>x</p>"}).status_code == 403
    assert client.get(PASTE).url == "/admin/"


@pytest.mark.slow
def test_what_a_paste_left_out_is_said_on_saving_and_kept(staff_client, post_form):
    left_out = ["1 comment was left out.", "x" * 5000, "", "<script>"]
    form = post_form(left_out=left_out, _continue="1")
    said = staff_client.post("/admin/posts/post/add/", form, follow=True)
    assert said.content.decode().count("1 comment was left out.") == 2
    kept = DraftFinding.objects.filter(post=Post.objects.get())
    assert kept.filter(sentence="1 comment was left out.").exists()
    assert b"<script>&" not in said.content


@need_inputs
@pytest.mark.parametrize(
    ("name", "kept"),
    (
        ("web", "<h2>Page title</h2>"),
        ("lo", '<ol type="a" start="3">'),
        ("gpic", "<h2>Who may apply</h2>"),
        ("inlink", '<a href="#part-two"'),
    ),
)
def test_other_programs_keep_their_form(paste, name, kept):
    html = (INPUTS / f"import/paste/{name}.html").read_text(encoding="utf-8")
    assert kept in paste(html)[0]


# Our articles for the link dialog


def found(client, words=""):
    return json.loads(client.get(FIND, {"q": words}).content)["found"]


def test_articles_are_found_by_words_of_their_titles(staff_client, publish, make_post):
    publish("Fees after a denial")
    make_post("Fees to come")
    make_post("Another")
    assert found(staff_client, "fees") == [
        {
            "title": "Fees after a denial",
            "path": "/posts/fees-after-a-denial/",
            "note": "",
        },
        {
            "title": "Fees to come",
            "path": "/posts/fees-to-come/",
            "note": "draft, not public yet",
        },
    ]
    assert len(found(staff_client)) == 3
    assert found(staff_client, "denial fees nothing") == []


@pytest.mark.parametrize("words", ("%", "_", "x" * 5000, "'"))
def test_any_words_get_an_answer(staff_client, make_post, words):
    make_post()
    assert found(staff_client, words) is not None


def test_strangers_find_nothing(client, make_post):
    assert client.get(FIND).url.startswith("/admin/login/")
