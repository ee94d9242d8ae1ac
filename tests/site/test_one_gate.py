"""No public surface shows what is not live. A new surface joins SURFACES."""

import re
from functools import partial
from itertools import product

import pytest
from django.urls import reverse
from django.utils.translation import override
from helpers.unpublished import (
    HIDDEN,
    NOTHING_LIVE,
    SECRET,
    SOMETHING_LIVE,
    address_of,
    draft,
    draft_of_a_card,
    draft_of_a_guide,
    part,
)

from lawblog.site.page_language import language_of
from offices.models import Attorney
from posts import publishing
from posts.models import Post

pytestmark = pytest.mark.slow

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


# On which an article that is live is not named.
SILENT = {
    "/posts/a-neighbour/qr.svg",
    "/posts/a-neighbour/changes/",
    "/posts/a-neighbour/offline.html",
    # Of guides and cards, which the story's is none of.
    *("/guides/", "/now/"),
    *("/glossary/", "/search/", "/offices/", "/offices/fort-lee/"),
    *("/sitemap.xml", "/sitemap-pages-1.xml", "/sitemap-articles-1.xml"),
    *(f"/offices/fort-lee.{card}" for card in ("vcf", "4.vcf", "ics", "svg")),
    *("/about/", "/disclaimer/", "/privacy/", "/accessibility/"),
    *("/notario-fraud/", "/es/privacy/", "/robots.txt"),
    # Pictures hold words as pixels (test_drawing.py).
    *(s for s in SURFACES if s.endswith((".png", ".jpg", ".ico"))),
    *("/.well-known/security.txt", "/healthz", "/readyz", "/nothing-here/"),
    f"/preview/{'x' * 43}/",
}


@pytest.fixture(autouse=True)
def one_section(monkeypatch):
    """However far a database has counted its rows."""
    monkeypatch.setattr("lawblog.site.sitemaps.ADDRESSES_A_SECTION", 10**9)


@pytest.fixture
def tell(set_up, make_post, publish):
    """tell(*stories) beside a neighbour that is live, in the same topic and series; the
    addresses at which the stories' articles would stand."""
    author = Attorney.objects.create(name="The Author", slug="the-author")
    text = "<p>Text on parole, a hearing and Form I-90.</p>"

    def make(slug, language, title, **fields):
        fields.setdefault("body", f"<p>Text of {title}, with Form I-90.</p>")
        return make_post(title, slug=slug, author=author, language=language, **fields)

    def told(*stories, language="en"):
        both = {"topics": ["Asylum"], "author": author, "language": language}
        publish("Before", **part(), **both)
        publish("A neighbour", body=text, **both, **{**part(), "part": 99})
        for story in stories:
            story(partial(make, address_of(story), language))
        return [f"/posts/{address_of(story)}/" for story in stories]

    return told


def shown(answer, surface):
    """The words around the one that must not be there, "" if it is not."""
    text = answer.getvalue() + str(answer.headers).encode()
    # A 404 names the address that was asked for in its canonical link at most.
    text = text.decode(errors="replace").lower().replace(surface, "")
    return "".join(re.findall(rf".{{,40}}{HIDDEN.lower()}.{{,40}}", text)[:1])


@pytest.mark.parametrize("stories", [NOTHING_LIVE, SOMETHING_LIVE])
def test_what_is_not_live_is_on_no_surface(tell, client, stories):
    hidden = tell(*stories)
    surfaces = [*SURFACES, *hidden, "/posts/zyzzyva/", "/series/zyzzyva/"]
    surfaces += [
        f"{page}{name}" for page in hidden for name in ("qr.svg", "offline.html")
    ]
    for surface, method in product(surfaces, (client.get, client.head)):
        assert not shown(method(surface, follow=True), surface), surface


@pytest.mark.parametrize("stories", [NOTHING_LIVE, SOMETHING_LIVE])
def test_what_is_not_live_is_on_no_spanish_surface(tell, client, stories):
    hidden = tell(*stories, language="es")
    for surface in [*SURFACES, *hidden, "/posts/zyzzyva/"]:
        assert not shown(client.get(f"/es{surface}", follow=True), surface), surface


def test_what_is_not_live_has_no_page_and_no_redirect(tell, client):
    pages = ("", "qr.svg", "changes/", "card.png")
    asked = [f"{page}{name}" for page, name in product(tell(*NOTHING_LIVE), pages)]
    asked += ["/series/zyzzyva/", "/posts/topics/zyzzyva/", "/feed/zyzzyva/"]
    assert {page for page in asked if client.get(page).status_code != 404} == set()


def live(story):
    """The story of a draft, and that it is approved."""

    def told(make):
        publishing.publish(story(make), by=None)

    told.__name__ = story.__name__
    return told


def test_a_guide_and_a_card_are_on_their_surfaces_when_live(tell, client):
    guide, card = tell(live(draft_of_a_guide), live(draft_of_a_card))
    offline = f"{card}offline.html"
    assert HIDDEN in client.get(offline).content.decode()
    shows = {guide: ["/", "/guides/", "/posts/topics/asylum/"], card: ["/", "/now/"]}
    for page, surfaces in shows.items():
        for surface in surfaces:
            assert f'href="{page}"' in client.get(surface).content.decode(), surface


def test_a_story_that_is_live_is_shown_and_no_copy_is_confirmed_after_it(tell, client):
    """Else the tests above could not fail."""
    (own,) = tell(live(draft))
    surfaces = [*SURFACES, own]
    kept = {surface: client.get(surface) for surface in surfaces}
    found = [surface for surface in surfaces if shown(kept[surface], surface)]
    assert found == [surface for surface in surfaces if surface not in SILENT]
    assert own.encode() in kept["/sitemap-articles-1.xml"].content
    publishing.withdraw(Post.objects.get(title=SECRET), by=None)
    for surface in found:
        headers = {
            "if-none-match": kept[surface].headers.get("ETag", ""),
            "if-modified-since": "Tue, 01 Jan 2030 00:00:00 GMT",
        }
        response = client.get(surface, headers=headers)
        assert response.status_code in (200, 404), surface
        assert not shown(response, surface), surface


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
    for surface in SURFACES:
        if surface != "/nothing-here/":
            with override(language_of(surface)):
                match = get_resolver().resolve(surface.partition("?")[0])
            walked.add(match.view_name)
    # Pictures are named by their content's hash (tests/unit/test_pictures_kept.py).
    pictures = {"media", "preview-picture"}
    assert set(names(urls.urlpatterns)) - walked == pictures


def test_preview_is_refused_to_the_public(tell, client):
    tell(draft)
    post = Post.objects.get(title=SECRET)
    preview = reverse("admin:posts_post_preview", args=[post.pk])
    assert HIDDEN.encode() not in client.get(preview, follow=True).getvalue()
