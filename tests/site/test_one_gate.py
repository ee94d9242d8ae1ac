"""No public surface shows what is not live. A new surface joins SURFACES."""

from datetime import timedelta
from functools import partial
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lawblog.site.page_language import language_of
from offices.models import Attorney
from posts import publishing

pytestmark = pytest.mark.slow

HIDDEN = "Zyzzyva"

SURFACES = [
    "/",
    "/posts/",
    "/posts/?page=1",
    "/posts/2026/",
    "/posts/topics/asylum/",
    "/posts/a-neighbour/",
    "/posts/a-neighbour/qr.svg",
    "/posts/a-neighbour/changes/",
    "/series/a-series/",
    "/glossary/",
    "/guides/",
    "/now/",
    "/posts/a-neighbour/offline.html",
    "/law/form.I-90/",
    "/law/form.I-90/feed/",
    "/law/form.I-90/feed/rss/",
    "/law/form.I-90/feed/json/",
    "/offices/",
    "/offices/fort-lee/",
    "/feed/",
    "/feed/rss/",
    "/feed/asylum/",
    "/feed/asylum/rss/",
    "/feed/json/",
    "/feed/asylum/json/",
    "/attorneys/the-author/feed/",
    "/attorneys/the-author/feed/rss/",
    "/attorneys/the-author/feed/json/",
    "/llms.txt",
    "/card.png",
    "/posts/a-neighbour/card.png",
    "/posts/a-neighbour/card.jpg",
    "/favicon.ico",
    "/apple-touch-icon.png",
    "/sitemap.xml",
    "/sitemap-pages-1.xml",
    "/sitemap-articles-1.xml",
    "/robots.txt",
    "/offices/fort-lee.vcf",
    "/offices/fort-lee.4.vcf",
    "/offices/fort-lee.ics",
    "/offices/fort-lee.svg",
    "/attorneys/the-author/",
    "/about/",
    "/disclaimer/",
    "/privacy/",
    "/accessibility/",
    "/notario-fraud/",
    "/es/privacy/",
    "/search/?q=text",
    "/search/?q=text&topic=asylum",
    "/search/?q=zyzzyvo",
    "/search/",
    "/.well-known/security.txt",
    "/healthz",
    "/readyz",
    "/nothing-here/",
    # Without its token the one door to a draft shows none (test_preview_links.py).
    f"/preview/{'x' * 43}/",
]


HIDDEN_PAGES = [
    *("/posts/hidden/", "/posts/hidden/qr.svg", "/posts/hidden/offline.html"),
    "/series/zyzzyva/",
]


def draft(make_post):
    make_post(f"{HIDDEN} one", slug="hidden", topics=["Asylum"], **between())


def between():
    """The fields of a part that stands between two that are live."""
    from posts.models import Series

    series, _ = Series.objects.get_or_create(name="A series", slug="a-series")
    return {"series": series, "part": 2}


def waiting(make_post):
    now = timezone.now()
    make_post(
        f"{HIDDEN} one", slug="hidden", submitted_at=now, topics=["Asylum"], **between()
    )


def scheduled(make_post):
    post = make_post(f"{HIDDEN} one", slug="hidden", topics=["Asylum"], **between())
    publishing.publish(post, by=None, at=timezone.now() + timedelta(hours=1))


def cancelled(make_post):
    scheduled(make_post)
    publishing.cancel(_hidden(), by=None)


def withdrawn(make_post):
    post = make_post(f"{HIDDEN} one", slug="hidden", topics=["Asylum"], **between())
    publishing.publish(post, by=None)
    publishing.withdraw(post, by=None)


def superseded(make_post):
    """The old words are secret; the new ones are live at another address."""
    post = make_post(f"{HIDDEN} one", slug="hidden", topics=["Asylum"], **between())
    publishing.publish(post, by=None)
    _rewrite(post, title="Harmless", summary="Harmless.", body="<p>Harmless.</p>")
    publishing.publish(post, by=None)


def edited_since(make_post):
    """The live words are harmless; the desk's are secret."""
    post = make_post("Harmless", slug="hidden", topics=["Asylum"])
    publishing.publish(post, by=None)
    _rewrite(post, title=HIDDEN, summary=HIDDEN, body=f"<p>{HIDDEN}</p>")


def update_scheduled(make_post):
    edited_since(make_post)
    publishing.publish(_hidden(), by=None, at=timezone.now() + timedelta(hours=1))


def suggested_word(make_post):
    """What staff suggest for the glossary, though a live article has the word."""
    from posts.models import Term

    Term.objects.create(term="parole", explanation=f"It is {HIDDEN}.")


def explained_by_a_draft(make_post):
    from posts.models import Term

    draft(make_post)
    word = {"term": "parole", "explanation": "A stay.", "is_public": True}
    Term.objects.create(article=_hidden(), **word)


def secret_series(make_post):
    """A series that only a draft is in is not public either."""
    from posts.models import Series

    series = Series.objects.create(name=HIDDEN, slug="zyzzyva")
    make_post("A draft", slug="hidden", topics=["Asylum"], series=series, part=1)


def secret_topic(make_post):
    """A topic that only a draft has is not public either."""
    make_post("A draft", slug="hidden", topics=[HIDDEN, "Asylum"])


def draft_of_a_guide(make_post):
    make_post(f"{HIDDEN} one", slug="hidden", topics=["Asylum"], kind="guide")


def draft_of_a_card(make_post):
    lines = f"<p>{HIDDEN} one.</p>"
    make_post(f"{HIDDEN} one", slug="hidden", kind="card", body=lines)


STORIES = [
    draft,
    draft_of_a_guide,
    draft_of_a_card,
    waiting,
    scheduled,
    cancelled,
    withdrawn,
    superseded,
    edited_since,
    update_scheduled,
    secret_topic,
    secret_series,
    suggested_word,
    explained_by_a_draft,
]
# Each walks every surface: a few tell the kinds apart in make test-fast.
TELLING = (draft, scheduled, withdrawn, edited_since)
EVERY_STORY = [
    pytest.param(
        story,
        id=story.__name__,
        marks=[] if story in TELLING else [pytest.mark.slow],
    )
    for story in STORIES
]


def _hidden():
    from posts.models import Post

    return Post.objects.get(slug="hidden")


def _rewrite(post, **fields):
    for name, value in fields.items():
        setattr(post, name, value)
    post.save()


@pytest.fixture(autouse=True)
def one_section(monkeypatch):
    """However far a database has counted its rows."""
    monkeypatch.setattr("lawblog.site.sitemaps.BLOCK", 10**9)


@pytest.fixture
def tell(set_up, make_post, publish):
    """A neighbour that is live, in the same topic and series, then the story."""
    author = Attorney.objects.create(name="The Author", slug="the-author")
    publish("Before", **{**between(), "part": 1}, topics=["Asylum"], author=author)
    part = {**between(), "part": 3, "body": "<p>Text on parole and Form I-90.</p>"}
    publish("A neighbour", topics=["Asylum"], author=author, **part)

    def make(title="A title", **fields):
        fields.setdefault("body", f"<p>Text of {title}, with Form I-90.</p>")
        return make_post(title, author=author, **fields)

    return lambda story: story(make)


@pytest.mark.parametrize("story", EVERY_STORY)
def test_what_is_not_live_is_on_no_surface(tell, client, story):
    tell(story)
    surfaces = [*SURFACES, *HIDDEN_PAGES, "/posts/zyzzyva/"]
    for surface, method in product(surfaces, (client.get, client.head)):
        response = method(surface, follow=True)
        answer = response.getvalue().lower() + str(response.headers).lower().encode()
        # A 404 names the address that was asked for in its canonical link at most.
        answer = answer.replace(surface.encode(), b"")
        assert HIDDEN.lower().encode() not in answer, surface


@pytest.mark.slow
@pytest.mark.parametrize("story", EVERY_STORY)
def test_what_is_not_live_is_on_no_spanish_surface(
    set_up, client, make_post, publish, story
):
    author = Attorney.objects.create(name="The Author", slug="the-author")
    publish("A neighbour", topics=["Asylum"], author=author, language="es")
    story(partial(make_post, author=author, language="es"))
    for surface in [*SURFACES, "/posts/hidden/", "/posts/zyzzyva/"]:
        answer = client.get(f"/es{surface}", follow=True).getvalue().lower()
        found = HIDDEN.lower().encode() in answer.replace(surface.encode(), b"")
        assert not found, surface


@pytest.mark.parametrize(
    "story",
    [draft, waiting, scheduled, cancelled, withdrawn, secret_topic, secret_series],
)
def test_what_is_not_live_has_no_page_and_no_redirect(tell, client, story):
    tell(story)
    assert client.get("/posts/hidden/").status_code == 404
    assert client.get("/posts/hidden/qr.svg").status_code == 404
    assert client.get("/posts/hidden/changes/").status_code == 404
    assert client.get("/series/zyzzyva/").status_code == 404
    assert client.get("/posts/hidden/card.png").status_code == 404
    assert client.get("/posts/topics/zyzzyva/").status_code == 404
    assert client.get("/feed/zyzzyva/").status_code == 404


def test_a_kept_copy_is_not_confirmed_after_withdrawal(tell, client):
    tell(lambda make_post: publishing.publish(_draft(make_post), by=None))
    kept = {surface: client.get(surface) for surface in [*SURFACES, "/posts/hidden/"]}
    shown = [s for s, answer in kept.items() if HIDDEN.encode() in answer.getvalue()]
    assert shown
    publishing.withdraw(_hidden(), by=None)
    for surface in shown:
        headers = {
            "if-none-match": kept[surface].headers.get("ETag", ""),
            "if-modified-since": "Tue, 01 Jan 2030 00:00:00 GMT",
        }
        response = client.get(surface, headers=headers)
        assert response.status_code in (200, 404), surface
        assert HIDDEN.encode() not in response.getvalue(), surface


def _draft(make_post):
    draft(make_post)
    return _hidden()


@pytest.mark.parametrize(
    "story, surfaces",
    [
        (draft_of_a_guide, ["/", "/guides/", "/posts/topics/asylum/"]),
        (draft_of_a_card, ["/", "/now/", "/posts/hidden/offline.html"]),
    ],
)
def test_a_guide_and_a_card_are_on_their_surfaces_when_live(
    tell, client, story, surfaces
):
    def live(make_post):
        story(make_post)
        publishing.publish(_hidden(), by=None)

    tell(live)
    for surface in surfaces:
        assert HIDDEN.encode() in client.get(surface).getvalue(), surface


def test_the_story_is_on_the_surfaces_when_it_is_live(tell, client):
    """Else the tests above could not fail."""
    tell(lambda make_post: publishing.publish(_draft(make_post), by=None))
    shown = [
        surface
        for surface in [*SURFACES, "/posts/hidden/"]
        if HIDDEN.encode() in client.get(surface).getvalue()
    ]
    silent = [
        "/posts/a-neighbour/qr.svg",
        "/posts/a-neighbour/changes/",
        "/posts/a-neighbour/offline.html",
        # Of guides and cards, which this is none of.
        *("/guides/", "/now/"),
        "/glossary/",
        "/offices/",
        "/offices/fort-lee/",
        "/sitemap.xml",
        "/sitemap-pages-1.xml",
        "/sitemap-articles-1.xml",
        "/robots.txt",
    ]
    silent += [f"/offices/fort-lee.{card}" for card in ("vcf", "4.vcf", "ics", "svg")]
    silent += ["/about/", "/disclaimer/", "/privacy/", "/accessibility/"]
    silent += ["/notario-fraud/", "/es/privacy/"]
    silent += ["/search/"]
    # Pictures hold words as pixels (test_drawing.py).
    silent += [s for s in SURFACES if s.endswith((".png", ".jpg", ".ico"))]
    silent += [
        "/.well-known/security.txt",
        "/healthz",
        "/readyz",
        "/nothing-here/",
        f"/preview/{'x' * 43}/",
    ]
    assert shown == [s for s in [*SURFACES, "/posts/hidden/"] if s not in silent]
    assert b"/posts/hidden/" in client.get("/sitemap-articles-1.xml").content


def test_every_public_address_is_walked():
    """An address added to urls.py must join SURFACES, or be named here."""
    from django.urls import get_resolver

    from lawblog import urls

    def names(patterns, prefix=""):
        for pattern in patterns:
            # The desk's: tests/desk/test_walk.py walks them.
            if str(pattern.pattern).startswith("admin/"):
                continue
            if hasattr(pattern, "url_patterns"):
                name = getattr(pattern, "namespace", None)
                yield from names(pattern.url_patterns, f"{name}:" if name else "")
            else:
                yield f"{prefix}{pattern.name}"

    walked = set()
    for surface in [*SURFACES, "/posts/hidden/"]:
        if surface != "/nothing-here/":
            with override(language_of(surface)):
                match = get_resolver().resolve(surface.partition("?")[0])
            walked.add(match.view_name)
    # Pictures are named by their content's hash (tests/unit/test_pictures_kept.py).
    pictures = {"media", "preview-picture"}
    assert set(names(urls.urlpatterns)) - walked == pictures


def test_preview_is_refused_to_the_public(tell, client):
    tell(draft)
    preview = reverse("admin:posts_post_preview", args=[_hidden().pk])
    assert HIDDEN.encode() not in client.get(preview, follow=True).getvalue()
