"""The page on which an article is written: what is said and shown as one types."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lawblog.models import Autosaved
from posts import publishing
from posts.models import Post
from posts.public import glossary

NEW = "/admin/posts/post/autosave/"
FRAME = "/admin/posts/post/frame/"


@pytest.fixture
def typed(staff_client, post_form):
    """typed(post, **fields) → what is answered while a form is typed."""

    def send(post=None, want=("checks", "preview"), **fields):
        url = f"/admin/posts/post/{post.pk}/autosave/" if post else NEW
        form = post_form(post, autosave="abc1", want=want, **fields)
        answer = staff_client.post(url, form)
        assert answer.status_code == 200
        return answer.json()

    return send


def test_the_checks_say_what_they_would_say_before_publishing(typed, make_post):
    body = "<p>We guarantee success.</p><h3>Skipped</h3>"
    post = make_post("Fees", summary="", body=body)
    told = typed(post, title="Fees", summary="", body=body)
    for finding in publishing.findings(post):
        assert finding.sentence.split("“")[0] in told["parts"]["checks"]
    assert told["told"] == "2 to fix, 1 to read"


def test_a_finding_names_its_place(typed):
    told = typed(summary="The best lawyer.", body="<p>We guarantee success.</p>")
    checks = told["parts"]["checks"]
    assert 'data-field="summary" data-words="The best lawyer."' in checks
    assert 'data-field="body" data-words="We guarantee success."' in checks


def test_words_minutes_and_grade_are_counted(typed):
    words = "The court hears the case. " * 100
    assert (
        "500 words, 2 min, grade " in typed(body=f"<p>{words}</p>")["parts"]["checks"]
    )


def test_nothing_but_the_kept_text_is_written(staff_client, post_form, make_post):
    post = make_post("Fees")
    before = Post.objects.filter(pk=post.pk).values().get()
    form = post_form(post, autosave="a", want=["checks", "preview"], title="Typed")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        staff_client.post(f"/admin/posts/post/{post.pk}/autosave/", form)
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))]
    written = [sql for sql in written if "lawblog_session" not in sql]
    assert written and all("lawblog_autosaved" in sql for sql in written)
    assert Post.objects.filter(pk=post.pk).values().get() == before


def test_the_preview_is_readers_page_of_what_was_typed(typed, make_post, client):
    post = make_post("Fees", topics=["Court"])
    page = typed(post, title="Typed title", body="<p>Typed <b>words</b>.</p>")[
        "preview"
    ]
    assert "<h1>Typed title</h1>" in page and "<b>words</b>" in page
    assert client.get(post.get_absolute_url()).status_code == 404


def test_the_preview_of_a_new_article_needs_no_row(typed):
    page = typed(title="Ser detenido", slug="", language="es")["preview"]
    assert '<html lang="es"' in page and "Ser detenido" in page
    assert not Post.objects.exists()


def test_a_preview_holds_no_script_however_it_was_typed(typed):
    page = typed(body="<p onclick='1'>A<script>alert(1)</script></p>")["preview"]
    assert "onclick" not in page and "alert(1)" not in page


def test_no_worker_remembers_a_draft(typed, make_post):
    post = make_post("Fees")
    before = set(glossary._reading.cache)
    typed(post, body="<p>Of a draft.</p>")
    assert set(glossary._reading.cache) == before


@pytest.mark.parametrize(
    "fields",
    [
        {"law_as_of": "", "review_by": "yesterday"},
        {"published_on": "0001-01-01", "author": "999999"},
        {"topics": ["walked"], "series": "x", "part": "-1"},
        {"title": "", "slug": "no/slug", "summary": "", "body": ""},
        {"title": "x" * 5000, "language": "xx", "kind": "poem"},
        {"cover": "https://example.org/a.jpg", "cover_x": "900"},
        {"title": "A\x00B", "body": "<p>A\x00B</p>"},
        {"body": "[[" * 2000},
        {"title": "مرحبا", "body": '<p dir="rtl">نص <em>عربي</em></p>'},
    ],
)
def test_what_is_half_typed_is_checked_and_shown_all_the_same(typed, fields):
    told = typed(**fields)
    assert told["saved"] and told["parts"]["checks"] and "<h1>" in told["preview"]


@pytest.mark.slow
def test_a_text_past_all_measure_is_kept_and_said_to_be_unchecked(typed):
    told = typed(body="<p>word</p>" * 100_000)
    assert "too long to be checked" in told["too_long"]
    assert "parts" not in told and "preview" not in told
    assert Autosaved.objects.exists()


def test_only_what_is_asked_for_is_answered(typed):
    assert typed(want=()) == {"saved": typed(want=())["saved"]}
    assert "preview" not in typed(want=["checks"])


def test_how_others_see_it_is_shown(typed):
    seen = typed(title="Bond hearings", slug="bond", summary="What a judge asks.")
    seen = seen["parts"]["seen"]
    assert "/posts/bond/" in seen and "What a judge asks." in seen
    assert 'class="drawn"' in seen
    cover = "/media/pictures/0123456789abcdef0123456789abcdef-500x400.jpg"
    assert f'<img src="{cover}"' in typed(cover=cover)["parts"]["seen"]


def test_the_frame_of_the_preview_has_readers_policy(staff_client, client):
    answer = staff_client.get(FRAME)
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "unsafe" not in policy
    assert "script-src 'self'" in policy and "default-src 'none'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]
    assert b"noindex" in answer.content
    client.logout()
    assert client.get(FRAME).status_code == 302


@pytest.mark.slow
def test_no_other_page_may_be_framed(staff_client, make_post):
    post = make_post("Fees")
    for page in ("preview", "change"):
        answer = staff_client.get(f"/admin/posts/post/{post.pk}/{page}/")
        assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.slow
def test_the_page_says_where_the_article_stands(attorney_client, publish):
    edition = publish("Fees")
    page = attorney_client.get(f"/admin/posts/post/{edition.post_id}/change/")
    html = page.content.decode()
    assert '<strong class="state live">Live</strong>' in html
    assert "Edition 1 is on the site." in html and "Last saved" in html


@pytest.mark.slow
def test_the_original_stands_beside_its_translation(staff_client, make_post):
    post = make_post("Bond hearings", body="<p>A judge decides.</p>")
    begun = f"/admin/posts/post/add/?translation_of={post.pk}&language=es"
    made = make_post("Audiencias", language="es", translation_of=post)
    of_made = f"/admin/posts/post/{made.pk}/change/"
    for url in (begun, of_made):
        html = staff_client.get(url).content.decode()
        article = html.split('<article id="original"')[1].split("</article>")[0]
        assert 'lang="en"' in article and "A judge decides." in article
    original = staff_client.get(f"/admin/posts/post/{post.pk}/change/").content.decode()
    assert 'id="original"' not in original
    assert f'<a href="{of_made}" lang="es">Audiencias</a>' in original


def test_a_title_has_one_line(staff_client, post_form):
    form = post_form(title="Bond\r\nhearings ", slug="bond")
    staff_client.post("/admin/posts/post/add/", form)
    assert Post.objects.get().title == "Bond hearings"


def test_a_refused_form_is_checked_as_it_was_sent(staff_client, post_form):
    form = post_form(title="", body="<p>We guarantee success.</p>")
    page = staff_client.post("/admin/posts/post/add/", form).content.decode()
    assert "may read as a promise" in page
